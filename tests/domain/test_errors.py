import re

import pytest

from service.domain import errors, outgoing_errors, record_errors
from service.domain.errors import AnswersRefused, BundleRefused, CorrectionRefused, Fault, MandatError, ValuesRefused
from service.domain.findings import Finding

FOUND = {**vars(errors), **vars(record_errors), **vars(outgoing_errors)}.values()
SHAPES = [shape for shape in FOUND if isinstance(shape, type) and issubclass(shape, MandatError)]
WITH_LISTS = {AnswersRefused, BundleRefused, CorrectionRefused, ValuesRefused}


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_error_is_a_sentence_and_has_a_status(shape):
    says = " ".join((shape.__doc__ or "").split())
    assert says.endswith(".")
    assert 400 <= shape.status < 600
    if shape not in WITH_LISTS:
        facts = dict.fromkeys(re.findall(r"{(\w+)}", says), "this")
        assert "{" not in str(shape(**facts))


def test_an_error_with_several_faults_names_each_place():
    refused = AnswersRefused([Fault("/vote", "This field must be filled in.", "required")])
    assert str(refused) == "The form was not filled in as it asks. Answers that are wrong: 1."
    assert refused.faults[0].pointer == "/vote"


def test_a_refused_bundle_names_the_elements():
    findings = [Finding("a", "error", "Bad.", "Task_1", "x.bpmn"), Finding("b", "warning", "Odd.")]
    refused = BundleRefused(findings)
    assert str(refused) == "The bundle cannot be deployed: 1 finding stops it."
    assert [fault.pointer for fault in refused.faults] == ["x.bpmn#Task_1"], "a warning stops nothing"
