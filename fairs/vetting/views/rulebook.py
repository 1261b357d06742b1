"""The rulebook: with its record for officers, plainly for everybody else."""

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
    """Every rule with law, wording, examples and how often officers overruled it."""
    return render_template(
        "vetting/rulebook.html",
        sections=book.sections(),
        records=book.records(access.school().id, clock.now()),
        nothing=book.Record(),
        version=catalogue.version(),
    )


@bp.get("/<school>/office/rulebook/overruled")
@access.office
def overruled() -> str:
    """Where officers did not share what a rule found, and why."""
    rule = request.args.get("rule", "")
    rows = listing(book.overruled(access.school().id, rule), scalars=False)
    return render_template("vetting/overruled.html", listing=rows, rule=rule)


@bp.get("/<school>/rulebook")
@access.public
def public_rulebook() -> str:
    """What may not stand in a recruitment text, why, and how to write it lawfully."""
    return render_template(
        "vetting/public_rulebook.html", sections=book.sections(), version=catalogue.version()
    )
