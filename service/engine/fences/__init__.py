"""SpiffWorkflow's known faults, fenced one by one. Measured on exactly this version; another one refuses to start.

| fault of the bare library | cure |
| --- | --- |
| an instance is lost at tree depth 1000 | `depth`: the tree is never walked by depth |
| stacked diamonds predict exponentially | `prediction`: a task's children exist when it completes |
| a parallel or inclusive join in a loop fires early | `early_joins`: a waiting arm is a token, and each is used once |
| joins lose, revert or mix what branches wrote | `merging`: three-way merge against the common ancestor |
| branches share nested values; history is rewritten | `sharing`: values are fresh at the door, never changed in place |
| a task can be run twice, or before its turn | `guarded_run`: only READY tasks run, once |
| `true` is saved as `1`, `1.0` as `1` | `true_as_one`: equal means the same JSON |
| a key `typename` in the data makes an instance unloadable | `saving`: data is data, and nothing in it is read as a type |
| re-ordered JSON loses data | `saving`: tasks are a list, parents first; keys may come in any order |
| a multi-instance restored on a fresh specification hangs | `instances`: no callbacks, the child tells its parent |
| a second ballot in one instance raises | `instances`: results are cleared at the start, an item's name is its own |
| results come in order of completion | `instances`: results are kept by the item's index |
| the completion condition sees the last child's data | `completion_condition`: it sees the merged results |
| an error reaches every activity with that code | `error_scope`: walk up from the thrower, hit exactly one |
| an end by error looks like a success, a terminate end like a message | `error_scope`: it is told as what it is |
| non-interrupting boundary events fire once | `rearming`: a fired one leaves a new one waiting |
| a conditional event never sees a change | `old_conditions`: it looks at what the scope knows now |
| timers fire whenever anything completes, in the server's zone | `timers`: due once computed, fired only by its own move |
| timers restart when an instance is migrated | `timers`: the due time is kept with the task |
| diagram text is evaluated as Python | `diagram_text`: every text goes to FEEL |
| a failed operation is reported as a NameError | `diagram_text`: an incident gives the operation's reason |
| the drawing decides the order of flows | `reading`: built from our own reading, in the order of the file |
| ids of extensions are taken for activities | `reading`: only flow elements are nodes |
| unsupported events are silently ignored | `reading`: what has no meaning here is refused by name |
| lanes are lost in called processes | `reading`: the lane is on the element, in whichever process |
| history grows with every round of a loop | `compaction`: only what can still matter is kept |
| an instance that nobody can move looks healthy | `stuck`: no open wait of any kind is an incident |
"""

from importlib.metadata import version

EXPECTED = "3.2.0"


class UnknownEngine(RuntimeError):
    """The installed SpiffWorkflow is not the version whose faults we know. Install the pinned requirements."""


def require_known_engine() -> None:
    """Raise `UnknownEngine` unless SpiffWorkflow is exactly the version that the fences were measured on."""
    found = version("spiffworkflow")
    if found != EXPECTED:
        raise UnknownEngine(f"SpiffWorkflow {found} is installed, {EXPECTED} is required.")


require_known_engine()
