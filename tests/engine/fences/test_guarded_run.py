"""A task can be run twice, or before its turn."""

from SpiffWorkflow.util.task import TaskState

from service.engine.fences.guarded_run import NotReady
from tests.diagrams import process
from tests.engine.fences.sides import on_both

DRAWING = (
    process("p").start().user("before").parallel("split").user("left").parallel("join").user("after").end()
    .at("split").user("right").to("join")
)  # fmt: skip


@on_both(bare=["ran", "ran"], ours=["refused", "refused"])
def test_a_completed_task_runs_again_and_a_waiting_join_early(engine, expected):
    case = engine().deploy(DRAWING)
    case.start("p")
    case.do("before")
    case.do("left")
    seen = []
    for state in (TaskState.COMPLETED, TaskState.WAITING):
        task = next(task for task in case.workflow.tasks.values() if task.state == state)
        try:
            task.run()
            seen.append("ran")
        except NotReady:
            seen.append("refused")
    assert seen == expected
