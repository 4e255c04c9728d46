"""What makes a statement well formed: one line for each MUST of Data 2.2 to 4.6, in statements and sub-statements."""

import copy

import pytest

from learning.tracking.xapi.formats import RefusedError
from learning.tracking.xapi.validation import check_statement
from tests.factories.statements import AGENT, VERB, VOIDED, statement

V1, V2 = "1.0.3", "2.0.0"
KEY = "11111111-2222-4333-8444-555555555555"
MEMBER = {"objectType": "Agent", "mbox": "mailto:x@example.vn"}
ATTACHMENT = {
    "usageType": "https://example.vn/usage",
    "display": {"vi": "Tệp"},
    "contentType": "text/plain; charset=ascii",
    "length": 27,
    "sha2": "495395e777cd98da653df9615d09c0fd6bb2f8d4788394cd53c56a3bfdcd848a",
    "fileUrl": "https://example.vn/file.txt",
}
GROUP = {"objectType": "Group", "member": [MEMBER]}


def activity(**definition):
    return {"object": {"objectType": "Activity", "id": "https://example.vn/a", "definition": definition}}


def result(**values):
    return {"result": values}


def context(**values):
    return {"context": values}


def attached(**changes):
    return {"attachments": [{name: value for name, value in {**ATTACHMENT, **changes}.items() if value is not None}]}


def sub_statement(**changes):
    part = statement(**changes)
    return {"object": {"objectType": "SubStatement", **part}}


COMPONENTS = [{"id": "a", "description": {"vi": "A"}}, {"id": "b"}]

GOOD = [
    {},
    {"actor": {"mbox": "mailto:x@example.vn"}},
    {"actor": {"mbox_sha1sum": "cd9b00a5611f94eaa7b1661edab976068e364975"}},
    {"actor": {"openid": "https://openid.example.org/12345"}},
    {"actor": {"account": {"homePage": "https://example.vn", "name": "x"}}},
    {"actor": GROUP},
    {"actor": {"objectType": "Group", "mbox": "mailto:x@example.vn"}},
    {"actor": {"objectType": "Group", "mbox": "mailto:x@example.vn", "name": "Lớp", "member": []}},
    {"verb": {"id": "https://example.vn/v"}},
    {"verb": {"id": "urn:example:v", "display": {}}},
    {"object": {"id": "https://example.vn/a"}},
    {"object": MEMBER},
    {"object": GROUP},
    {"object": {"objectType": "StatementRef", "id": KEY}},
    {"verb": {"id": VOIDED}, "object": {"objectType": "StatementRef", "id": KEY}},
    activity(),
    activity(
        name={"vi": "Bài"}, description={"zh-Hans-CN": "课"}, type="https://example.vn/t", moreInfo="https://x.vn"
    ),
    activity(extensions={"https://example.vn/x": None, "https://example.vn/y": {"z": [None]}}),
    *(
        activity(interactionType=kind, correctResponsesPattern=["a"])
        for kind in ("true-false", "fill-in", "long-fill-in", "numeric", "other")
    ),
    activity(interactionType="choice", choices=COMPONENTS),
    activity(interactionType="sequencing", choices=COMPONENTS),
    activity(interactionType="likert", scale=COMPONENTS),
    activity(interactionType="matching", source=COMPONENTS, target=COMPONENTS),
    activity(interactionType="performance", steps=COMPONENTS),
    result(success=True, completion=False, response="", duration="PT1H0M0.1S", extensions={}),
    *(result(duration=text) for text in ("PT4H35M59.14S", "PT16559.14S", "P3Y1M29DT4H35M59.14S", "P3Y", "P4W")),
    result(score={"scaled": 1.0, "raw": 5, "min": 0, "max": 10.5}),
    result(score={"scaled": -1, "raw": 0.6767676}),
    result(score={}),
    context(registration=KEY, revision="1", platform="web", language="vi-VN", extensions={}),
    context(instructor=GROUP, team=GROUP, statement={"objectType": "StatementRef", "id": KEY}),
    context(contextActivities={"parent": {"id": "https://example.vn/a"}, "other": [{"id": "https://example.vn/b"}]}),
    {"timestamp": "2013-05-18T05:32:34.804Z"},
    {"timestamp": "2013-05-18T05:32:34+07:00"},
    attached(),
    attached(fileUrl=None, description={"en": "File"}),
    {"attachments": []},
]

BAD = [
    # 2.2: properties, types, null, case
    {"actor": None},
    {"verb": None},
    {"object": None},
    {"dummy": 1},
    {"Actor": AGENT},
    {"verb": {**VERB, "Display": {}}},
    {"actor": {**AGENT, "name": 1}},
    {"actor": {**MEMBER, "objectType": "agent"}},
    # 2.4.2: actor
    *({"actor": value} for value in (1, "x", [], {}, {"objectType": "Agent", "name": "x"}, {"key": "x"})),
    {"actor": {**MEMBER, "openid": "https://openid.example.org/1"}},
    {"actor": {**MEMBER, "member": [MEMBER]}},
    *({"actor": {"mbox": value}} for value in (1, "", "x@example.vn", "mailto:example.vn", "mailto:", {"a": 1})),
    *({"actor": {"mbox_sha1sum": value}} for value in (1, "", "x", "cd9b00a5611f94eaa7b1661edab976068e36497")),
    *({"actor": {"openid": value}} for value in (1, "", "x", "ab=c://should.fail")),
    *(
        {"actor": {"account": value}}
        for value in (1, {}, {"name": "x"}, {"homePage": "https://x.vn"}, {"homePage": "x", "name": "x"},
                      {"homePage": "https://x.vn", "name": 1}, {"homePage": "https://x.vn", "name": "x", "more": 1})
    ),
    {"actor": {"objectType": "Group"}},
    {"actor": {"objectType": "Group", "member": []}},
    {"actor": {"objectType": "Group", "member": MEMBER}},
    {"actor": {"objectType": "Group", "member": [GROUP]}},
    {"actor": {"objectType": "Group", "mbox": "mailto:x@example.vn", "openid": "https://x.vn"}},
    # 2.4.3: verb
    *({"verb": value} for value in (1, "x", {}, {"id": ""}, {"id": "x"}, {"id": 1}, {"id": "https://a b"})),
    *({"verb": {**VERB, "display": value}} for value in (1, "x", {"a12345": "x"}, {"vi": 1}, {"de-419-DE": "x"})),
    {"verb": {**VERB, "display": {"": "x"}}},
    {"verb": {"id": VOIDED}},
    # 2.4.4: object
    *({"object": value} for value in (1, "x", {}, {"objectType": "activity", "id": "https://x.vn"},
                                      {"objectType": "Thing", "id": "https://x.vn"}, {"id": "x"}, {"id": 1})),
    {"object": {"mbox": "mailto:x@example.vn"}},
    {"object": {"id": "https://example.vn/a", "definition": "x"}},
    {"object": {"id": "https://example.vn/a", "name": {}}},
    *({"object": {"objectType": "StatementRef", **value}} for value in ({}, {"id": "x"}, {"id": KEY, "more": 1})),
    *(activity(**{name: value}) for name in ("name", "description") for value in (1, "x", {"vi": None})),
    *(activity(**{name: value}) for name in ("type", "moreInfo") for value in (1, "x", None)),
    *(activity(extensions=value) for value in (1, "x", {"id": 1}, {"": 1})),
    activity(more=1),
    *(activity(interactionType=value) for value in (1, "https://x.vn", {}, "should fail", "True-False")),
    *(activity(**{name: COMPONENTS}) for name in ("choices", "scale", "source", "target", "steps")),
    activity(correctResponsesPattern=["a"]),
    activity(interactionType="other", correctResponsesPattern="a"),
    activity(interactionType="other", correctResponsesPattern=[1]),
    *(
        activity(interactionType="choice", choices=value)
        for value in ("x", {}, [1], [{}], [{"id": 1}], [{"id": "a"}, {"id": "a"}], [{"id": "a", "description": "x"}],
                      [{"id": "a", "more": 1}])
    ),
    # 2.4.5: result
    {"result": "x"},
    result(more=1),
    *(result(**{name: value}) for name in ("success", "completion") for value in ("true", 1, None)),
    *(result(response=value) for value in (1, {}, None)),
    *(result(duration=value) for value in (1, {}, "x", "PA1H0M0S", "P", "PT", "P4W1D", "1H", "P1H", "")),
    *(result(score=value) for value in (1, "x", [], {"more": 1}, {"raw": "1"}, {"raw": True}, {"max": "one hundred"})),
    *(result(score={"scaled": value}) for value in (1.01, -1.00001, "1", None)),
    result(score={"min": 2, "max": 1}),
    result(score={"min": 1, "max": 1}),
    result(score={"raw": 2, "max": 1}),
    result(score={"raw": 0, "min": 1}),
    result(extensions={"x": 1}),
    # 2.4.6: context
    {"context": "x"},
    context(more=1),
    *(context(registration=value) for value in (1, "x", {}, None, KEY + "8", "M" + KEY[1:])),
    *(context(instructor=value) for value in (1, "x", {"key": "x"})),
    *(context(team=value) for value in (1, "x", {"key": "x"}, MEMBER)),
    *(context(**{name: value}) for name in ("revision", "platform") for value in (1, {})),
    *({"object": MEMBER, **context(**{name: "x"})} for name in ("revision", "platform")),
    {"object": {"objectType": "StatementRef", "id": KEY}, **context(platform="x")},
    *(context(language=value) for value in (1, {}, "a12345", "de-419-DE", "")),
    *(context(statement=value) for value in (1, {"id": KEY}, {"objectType": "StatementRef", "id": "x"},
                                             {"objectType": "statementref", "id": KEY})),
    *(context(contextActivities=value) for value in ("x", {}, {"more": []}, {"parent": "x"}, {"other": [{"key": 1}]})),
    context(extensions={"x": 1}),
    # 2.4.7, 2.4.8, 4.5: moments
    *(
        {name: value}
        for name in ("timestamp", "stored")
        for value in (1, "", "should fail", "01/011/2015", "2008-09-15T15:53:00.601-00", "2008-09-15T15:53:00.601-0000",
                      "2008-09-15T15:53:00.601-00:00", "2008-13-15T15:53:00Z", "2008-02-30T15:53:00Z",
                      "2008-09-15T25:53:00Z", "2008-09-15T15:53:00+25:00", "0001-01-01T00:00:00+01:00")
    ),
    # 2.4.1, 2.4.9, 2.4.10: id, authority, version
    *({"id": value} for value in (1, {}, "", KEY + "8", "M" + KEY[1:])),
    *({"authority": value} for value in (1, {}, GROUP, {"objectType": "Group", "member": [MEMBER] * 3},
                                         {**GROUP, "mbox": "mailto:x@example.vn", "member": [MEMBER] * 2})),
    *({"version": value} for value in (1, "should fail", "0.9.9", "1.1.0", "3.0.0", "1.0.x")),
    # 2.4.11: attachments
    {"attachments": ATTACHMENT},
    *({"attachments": [value]} for value in (1, "x", {})),
    *(attached(**{name: None}) for name in ("usageType", "display", "contentType", "length", "sha2")),
    *(attached(**changes) for changes in (
        {"usageType": "x"}, {"display": 1}, {"display": "x"}, {"description": 1}, {"description": {"de-419-DE": "x"}},
        {"contentType": 1}, {"contentType": "should fail"}, {"length": "27"}, {"length": -1}, {"length": 2.5},
        {"length": True}, {"sha2": 1}, {"sha2": "x"}, {"fileUrl": "x"}, {"more": 1})),
]  # fmt: skip

OUTSIDE_SUB_STATEMENTS = ("id", "stored", "version", "authority")


def whole(changes):
    """As a statement; where a change takes a property away it is missing."""
    return copy.deepcopy({name: value for name, value in {**statement(), **changes}.items() if value is not None})


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("changes", GOOD)
def test_what_is_well_formed_is_taken(changes, version):
    check_statement(whole(changes), version)
    if changes.get("verb", {}).get("id") != VOIDED:
        check_statement(statement(**sub_statement(**changes)), version)


@pytest.mark.parametrize("version", [V1, V2])
@pytest.mark.parametrize("changes", BAD)
def test_what_is_malformed_is_refused(changes, version):
    with pytest.raises(RefusedError):
        check_statement(whole(changes), version)
    if changes.get("verb") != {"id": VOIDED}:
        with pytest.raises(RefusedError):
            check_statement(statement(**sub_statement(**changes)), version)


@pytest.mark.parametrize("name", ["actor", "verb", "object", "result", "context", "timestamp", "attachments", "id"])
def test_null_is_refused(name):
    with pytest.raises(RefusedError):
        check_statement({**statement(), name: None}, V1)


@pytest.mark.parametrize("value", [1, "x", [], None, True])
def test_a_statement_is_an_object(value):
    with pytest.raises(RefusedError):
        check_statement(value, V2)


@pytest.mark.parametrize("name", OUTSIDE_SUB_STATEMENTS)
def test_sub_statements_have_no_id_moment_version_or_authority(name):
    value = {"id": KEY, "stored": "2013-05-18T05:32:34Z", "version": "1.0.0", "authority": MEMBER}[name]
    check_statement(statement(**{name: value}), V1)
    with pytest.raises(RefusedError):
        check_statement(statement(**sub_statement(**{name: value})), V1)


def test_sub_statements_hold_no_sub_statements():
    with pytest.raises(RefusedError):
        check_statement(statement(**sub_statement(**sub_statement())), V1)


def test_the_pair_of_agents_that_oauth_makes_is_an_authority():
    check_statement(statement(authority={"objectType": "Group", "member": [MEMBER, AGENT]}), V1)


@pytest.mark.parametrize("named", ["1.0", "1.0.0", "1.0.9"])
def test_versions_of_1_0_are_named_in_both(named):
    check_statement(statement(version=named), V1)
    check_statement(statement(version=named), V2)


def test_2_0_0_is_named_only_in_its_own():
    check_statement(statement(version="2.0.0"), V2)
    with pytest.raises(RefusedError):
        check_statement(statement(version="2.0.0"), V1)


@pytest.mark.parametrize(
    ("name", "inner", "who"), [("contextAgents", "agent", MEMBER), ("contextGroups", "group", GROUP)]
)
class TestContextAgentsAndGroups:
    def entry(self, inner, who, **changes):
        return {"objectType": f"context{inner.capitalize()}", inner: who, **changes}

    def test_they_are_of_2_0_0(self, name, inner, who):
        sent = statement(**context(**{name: [self.entry(inner, who, relevantTypes=["https://example.vn/t"])]}))
        check_statement(sent, V2)
        with pytest.raises(RefusedError):
            check_statement(sent, V1)

    @pytest.mark.parametrize(
        "changes",
        [{"objectType": "Agent"}, {"objectType": None}, {"relevantTypes": []}, {"relevantTypes": ["abc"]},
         {"relevantTypes": "https://example.vn/t"}, {"more": 1}, {"member": []}],
    )  # fmt: skip
    def test_malformed_entries_are_refused(self, name, inner, who, changes):
        entry = {key: value for key, value in self.entry(inner, who, **changes).items() if value is not None}
        for part in (context(**{name: [entry]}), sub_statement(**context(**{name: [entry]}))):
            with pytest.raises(RefusedError):
                check_statement(statement(**part), V2)

    @pytest.mark.parametrize("value", [{}, "x", [1], [{}]])
    def test_they_are_arrays_of_such(self, name, inner, who, value):
        with pytest.raises(RefusedError):
            check_statement(statement(**context(**{name: value})), V2)

    def test_what_they_hold_is_well_formed(self, name, inner, who):
        with pytest.raises(RefusedError):
            check_statement(statement(**context(**{name: [self.entry(inner, {"key": "x"})]})), V2)


@pytest.mark.parametrize(
    ("text", "in_old", "in_new"),
    [
        ("2008-09-15 15:53:00.601+00:00", True, True),
        ("2008-09-15T15:53:00.601Z", True, True),
        ("2008-09-15t15:53:60z", True, True),
        ("20080915T155300Z", True, False),
        ("2008-09-15T15:53:00", True, False),
        ("2008-09-15T15:53:00+07", True, False),
        ("2008-09-15", True, False),
    ],
)
def test_moments_follow_iso_8601_and_in_2_0_0_rfc_3339(text, in_old, in_new):
    for version, is_good in ((V1, in_old), (V2, in_new)):
        if is_good:
            check_statement(statement(timestamp=text), version)
        else:
            with pytest.raises(RefusedError):
                check_statement(statement(timestamp=text), version)


def test_extensions_nest_as_deep_as_anybody_needs_and_no_deeper():
    nested: object = 1
    for _step in range(40):
        nested = [nested]
    check_statement(statement(context={"extensions": {"https://example.vn/x": nested}}), V1)
    for _step in range(40):
        nested = {"x": nested}
    with pytest.raises(RefusedError):
        check_statement(statement(context={"extensions": {"https://example.vn/x": nested}}), V1)
