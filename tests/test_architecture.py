"""Guards of the design: what a reader may rely on is checked here, not hoped for (docs/architecture.md)."""

import ast
import re
import statistics
from collections.abc import Iterator
from pathlib import Path

import jinja2.meta
import pytest
from flask import Flask

from fairs.accounts.access import access_of
from fairs.config import Settings

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "fairs").rglob("*.py"))
FORBIDDEN = {"utils", "helpers", "common", "misc", "base", "manager", "services"}

PUBLIC = {
    "administration.accent",
    "accounts.activate",
    "accounts.document",
    "accounts.language",
    "accounts.school_sign_in",
    "accounts.sign_in",
    "api.time",
    "calendars.event_feed",
    "calendars.event_file",
    "calendars.mine_feed",
    "calendars.programme_feed",
    "calendars.school_feed",
    "calendars.subscribe",
    "employers.code_check",
    "employers.register",
    "employers.register_contact",
    "employers.register_join",
    "employers.register_unit",
    "health.alive",
    "health.ready",
    "home.index",
    "home.robots",
    "home.school_sitemap",
    "home.sitemap_index",
    "invitations.show",
    "livestreams.join",
    "livestreams.show",
    "messages.forgotten",
    "outcomes.results",
    "postings.by_employer",
    "postings.public",
    "postings.read",
    "programmes.activity",
    "protection.alert",
    "protection.archive",
    "protection.report_booth",
    "protection.report_posting",
    "protection.rights",
    "profiles.logo",
    "profiles.show",
    "programmes.event",
    "programmes.events",
    "profiles.public_brochure",
    "programmes.day",
    "programmes.month",
    "programmes.programme",
    "programmes.school",
    "registrations.service_worker",
    "vetting.public_rulebook",
    "vetting.public_rules",
}
"""Every view that anybody may open without signing in; each name here is a decision."""


def test_only_the_database_module_commits() -> None:
    committing = [p for p in MODULES if re.search(r"\.commit\(", p.read_text("utf-8"))]
    assert committing == [ROOT / "fairs" / "database.py"]


def test_every_route_is_guarded_or_listed_public(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()} - {"static"}
    unmarked = {endpoint for endpoint in endpoints if access_of(endpoint) is None}
    assert unmarked == set()
    public = {endpoint for endpoint in endpoints if access_of(endpoint).scope == "anyone"}
    assert public == PUBLIC


def test_no_module_bears_a_name_that_says_nothing() -> None:
    assert [p for p in MODULES if p.stem in FORBIDDEN] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [p for p in MODULES if ast.get_docstring(ast.parse(p.read_text("utf-8"))) is None]
    assert silent == []


def _functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield path, node


def test_sizes() -> None:
    lengths = {p: len(p.read_text("utf-8").splitlines()) for p in MODULES if p.stem != "__init__"}
    assert {str(p): n for p, n in lengths.items() if n > 300 and p.stem not in {"names"}} == {}
    assert statistics.median(lengths.values()) <= 120
    long = {f"{p}:{f.name}": f.end_lineno - f.lineno + 1 for p, f in _functions()}
    assert {name: size for name, size in long.items() if size > 40} == {}


def test_views_are_thin() -> None:
    thick = {}
    for path, function in _functions():
        if "views" not in path.stem and "views" not in path.parts:
            continue
        body = [node for node in function.body if not _is_docstring(node)]
        size = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
        tries = any(isinstance(node, ast.Try) for node in ast.walk(function))
        if size > 20 or tries:
            thick[f"{path}:{function.name}"] = size
    assert thick == {}


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


# what a person, a timetable, a task or a mail server sets going; besides all views and forms
EDGES = {"access", "cli", "clock", "commands", "exporting", "exports", "health", "importing", "jobs", "load"}
EDGES |= {"registry", "repeats", "transport", "work", "worker", "api/checkin", "vetting/desk"}


def test_only_edges_read_the_clock_and_all_the_same() -> None:
    """Everything else is told the time; nobody has a name of their own for the clock, which tests set."""
    own = re.compile(r"datetime\.now\(|date\.today\(|utcnow\(|from fairs\.clock import[^)\n]*\bnow\b")
    readers = [p for p in MODULES if re.search(r"\bclock\.now\b", p.read_text("utf-8"))]
    beneath = [p for p in readers if p.stem not in EDGES and f"{p.parent.name}/{p.stem}" not in EDGES]
    assert [p for p in beneath if "views" not in p.parts and not p.stem.endswith(("views", "forms"))] == []
    assert [p for p in MODULES if own.search(p.read_text("utf-8")) and p.stem != "clock"] == []


def test_templates_are_used_and_exist(app: Flask) -> None:
    existing = {name for name in app.jinja_env.list_templates() if not name.startswith("errors/")}
    code = "\n".join(p.read_text("utf-8") for p in MODULES)
    used = set(re.findall(r'"([a-z_]+/[\w/.]+\.(?:html|txt|svg|xml))"', code))
    for name in app.jinja_env.list_templates():
        source = app.jinja_env.loader.get_source(app.jinja_env, name)[0]
        used |= {t for t in jinja2.meta.find_referenced_templates(app.jinja_env.parse(source)) if t}
    folders = {name.partition("/")[0] for name in existing}  # other archives have such names inside, too
    used = {t for t in used if t.partition("/")[0] in folders}
    mails = {t for t in existing if "/mail/" in t or t.startswith("accounts/documents/")}
    assert {
        t for t in used - existing if (ROOT / "templates" / t).suffix and "_" not in t.split("/")[-1][0]
    } == set()
    assert existing - used - mails == set()


def test_every_address_that_is_built_has_a_view(app: Flask) -> None:
    built = re.compile(r"""(?:url_for|back_to|post_button)\(\s*["']([a-z_]+\.[a-z_]+)["']""")
    texts = [p.read_text("utf-8") for p in [*MODULES, *(ROOT / "templates").rglob("*.*")]]
    named = {endpoint for text in texts for endpoint in built.findall(text)}
    assert named - set(app.view_functions) == set()


def test_every_mail_template_belongs_to_a_queued_kind(app: Flask) -> None:
    code = "\n".join(p.read_text("utf-8") for p in MODULES)
    mails = [
        t for t in app.jinja_env.list_templates() if "/mail/" in t and not t.split("/")[-1].startswith("_")
    ]
    kinds = {t.replace("/mail/", "/").removesuffix(".txt") for t in mails}
    assert {kind for kind in kinds if kind not in code} == set()


@pytest.mark.parametrize("setting", [f for f in Settings.__dataclass_fields__ if f != "testing"])
def test_every_setting_is_documented(setting: str) -> None:
    name = {"instance": "FAIRS_INSTANCE"}.get(setting, setting.upper())
    assert f"`{name}`" in (ROOT / "docs" / "settings.md").read_text("utf-8")


def test_every_command_is_documented(app: Flask) -> None:
    documented = (ROOT / "docs" / "commands.md").read_text("utf-8")
    own = {name for name in app.cli.commands if name not in {"db"}}
    assert {name for name in own if f"flask --app wsgi {name}" not in documented} == set()


def test_every_folder_of_templates_and_static_is_a_feature() -> None:
    features = {p.parent.name for p in MODULES if p.stem == "__init__"}
    extra = {"_macros", "errors", "vendor"}
    folders = {p.name for top in ("templates", "static") for p in (ROOT / top).iterdir() if p.is_dir()}
    assert folders - features - extra == set()


def test_no_machine_path_or_placeholder_is_left() -> None:
    words = re.compile("|".join(["TO" + "DO", "FIX" + "ME", "/work" + "/", "raise Not" + "ImplementedError"]))
    files = [*MODULES, *(ROOT / "templates").rglob("*.*"), *(ROOT / "docs").rglob("*.md")]
    assert [str(p) for p in files if p.suffix != ".png" and words.search(p.read_text("utf-8"))] == []
