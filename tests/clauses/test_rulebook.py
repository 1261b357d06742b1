"""Every rule keeps the promises of its own examples; a faulty rulebook is refused with place and reason."""

from importlib.resources import files

import pytest

from fairs.clauses.catalogue import build, catalogue
from fairs.clauses.engine import check
from fairs.clauses.grammar import FaultyRulebook
from fairs.clauses.rules import Category, Example, Rule

EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.id}: {example.text[:24]}")
    for rule in catalogue().rules
    for example in rule.examples
]
FOLDER = files("fairs.clauses").joinpath("rulebook")
SHARED = {name: FOLDER.joinpath(name).read_text("utf-8") for name in ("contexts.yaml", "sources.yaml")}
RULE = """
category: gender
rules:
  - id: gender.sample
    severity: block
    patterns: ['限男']
    basis: [labour_13]
    rewrite: 性别不限。
    match: [限男]
    clean: [不限]
"""


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_examples(rule: Rule, example: Example) -> None:
    own = [one for one in check(example.text, example.field) if one.rule == rule.id]
    if not example.must_match:
        assert own == []
        return
    assert own
    if example.quote is not None:
        assert example.quote in {one.quote for one in own}
    if example.severity is not None:
        assert example.severity in {one.severity for one in own}


@pytest.mark.parametrize("rule", catalogue().rules, ids=lambda rule: rule.id)
def test_a_rule_is_named_after_its_category_and_says_what_to_write_instead(rule: Rule) -> None:
    assert rule.id.startswith(rule.category.value + ".")
    assert rule.basis
    assert rule.rewrite


def test_every_category_has_a_chinese_name() -> None:
    assert all(category.label for category in Category)


def test_the_sample_rule_is_accepted() -> None:
    (rule,) = build({**SHARED, "gender.yaml": RULE}).rules
    assert rule.id == "gender.sample"


def test_the_version_changes_with_any_rule() -> None:
    first = build({**SHARED, "gender.yaml": RULE}).version
    assert build({**SHARED, "gender.yaml": RULE.replace("性别不限。", "性别：不限。")}).version != first


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("['限男']", "['限(男']", "gender.sample.*限\\(男"),
        ("['限男']", "['男*']", "matches the empty text"),
        ("['限男']", "['«nobody»']", "unknown term «nobody»"),
        ("[labour_13]", "[hearsay]", "unknown source hearsay"),
        ("severity: block", "severity: awful", "awful"),
        ("['限男']", "['限(?:男?)*生']", "gender.sample: .*repeats what may be empty"),
        ("['限男']", "['限男(?=(?P<span>生))']", "gender.sample: .*marks the finding in it"),
        ("['限男']", "['.{1,4}']", "matches without any literal"),
        ("['限男']", f"['限男{'.{400}' * 4}']", "reaches further than 1500"),
        ("clean: [不限]", "clean: []", "clean is missing"),
        ("patterns: ['限男']", "ground: 男", "patterns or constructions are missing"),
        ("patterns: ['限男']", "ground: 男\n    constructions: [sings]", "unknown construction sings"),
        ("patterns: ['限男']", "constructions: [limits]", "unknown term «ground»"),
        ("patterns:", "unless: [never]\n    patterns:", "unknown context never"),
        ("patterns:", "seriousness: 3\n    patterns:", "unknown keys seriousness"),
        ("category: gender", "category: height", "height"),
        (
            "category: gender",
            "category: gender\ncontexts: {odd: [{scope: phrase}]}",
            "needs before, after or within",
        ),
        ("category: gender", "- gender", "must be a mapping|cannot be read"),
    ],
)
def test_a_faulty_rulebook_is_refused(old: str, new: str, message: str) -> None:
    with pytest.raises(FaultyRulebook, match=message):
        build({**SHARED, "gender.yaml": RULE.replace(old, new)})


def test_every_pattern_compiles() -> None:
    rules = catalogue().rules
    contexts = [one for rule in rules for one in rule.unless.alternatives]
    contexts += [one for rule in rules for lawful in rule.lawful for one in lawful.contexts.alternatives]
    parts = [part for one in contexts for part in (one.before, one.after, one.within) if part]
    assert all(pattern.compiled for pattern in {*parts, *(one for rule in rules for one in rule.patterns)})


def test_a_construction_is_read_with_the_ground_of_the_rule() -> None:
    text = RULE.replace("patterns: ['限男']", "ground: 左撇子\n    constructions: [excludes]")
    (rule,) = build({**SHARED, "gender.yaml": text}).rules
    assert any(pattern.search("左撇子的同学就别投了") for pattern in rule.patterns)
    assert not any(pattern.search("左撇子的同学别担心") for pattern in rule.patterns)


def test_two_rules_of_one_name_are_refused() -> None:
    with pytest.raises(FaultyRulebook, match=r"used twice: gender\.sample"):
        build({**SHARED, "gender.yaml": RULE, "gender_again.yaml": RULE})


def test_an_unconfirmed_source_cannot_be_cited() -> None:
    sources = SHARED["sources.yaml"] + "hearsay: {cite: 听说, mark: U}\n"
    with pytest.raises(FaultyRulebook, match="hearsay"):
        build({**SHARED, "sources.yaml": sources, "gender.yaml": RULE})
