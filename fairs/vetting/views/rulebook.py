"""The rulebook, a category on each page: with its record for officers, plainly for everybody else."""

from flask import render_template, request

from fairs import clock
from fairs.accounts import access
from fairs.clauses import catalogue
from fairs.clauses.rules import SEVERITY_NAMES
from fairs.vetting import rulebook as book
from fairs.vetting.views.blueprint import bp
from fairs.web.lists import listing

bp.add_app_template_global(SEVERITY_NAMES.get, "severity_label")


@bp.get("/<school>/office/rulebook")
@access.office
def rulebook() -> str:
    """The categories of rules, and how often officers overruled what they found."""
    sections, records = book.sections(), book.records(access.school().id, clock.now())
    rows = [(one, book.record_of(one, records)) for one in sections]
    return render_template("vetting/rulebook.html", rows=rows, version=catalogue.version())


@bp.get("/<school>/office/rulebook/<category>")
@access.office
def rules(category: str) -> str:
    """Every rule of a category with law, wording, examples and how often officers overruled it."""
    chosen = book.section(category)
    return render_template(
        "vetting/rules.html",
        section=chosen,
        records=book.records(access.school().id, clock.now()),
        nothing=book.Record(),
        reader=book.reader_of(chosen),
    )


@bp.get("/<school>/office/rulebook/overruled")
@access.office
def overruled() -> str:
    """Where officers did not share what a rule found, and why."""
    rule = request.args.get("rule", "")
    section, no = book.place_of(rule)
    rows = listing(book.overruled(access.school().id, rule), scalars=False)
    return render_template("vetting/overruled.html", listing=rows, section=section, no=no)


@bp.get("/<school>/rulebook")
@access.public
def public_rulebook() -> str:
    """What may not stand in a recruitment text, why, and how to write it lawfully: the categories."""
    return render_template(
        "vetting/public_rulebook.html", sections=book.sections(), version=catalogue.version()
    )


@bp.get("/<school>/rulebook/<category>")
@access.public
def public_rules(category: str) -> str:
    """The rules of a category, as everybody may read them."""
    return render_template("vetting/public_rules.html", section=book.section(category))
