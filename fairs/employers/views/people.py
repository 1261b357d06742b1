"""The people of an employer: joining, inviting, handing over, ending."""

from typing import Any

from flask import g, render_template
from flask_babel import gettext as _

from fairs import clock
from fairs.accounts import access
from fairs.employers import actions, queries
from fairs.employers.badges import contact_badge
from fairs.employers.forms import ContactForm
from fairs.employers.rules import ContactState
from fairs.employers.views.blueprint import bp
from fairs.web.forms import status_of, submitted
from fairs.web.refusals import back_to


def _done(sentence: str) -> Any:
    return back_to("employers.contacts", sentence, employer=g.employer_public_id)


@bp.route("/employer/<employer>/contacts", methods=["GET", "POST"])
@access.for_employer
def contacts() -> Any:
    """Who acts for the employer; the owner invites colleagues."""
    form, who = ContactForm(), access.me().person_id
    if submitted(
        form, lambda: actions.invite_contact(g.employer_id, form.contact(), by=who, now=clock.now())
    ):
        return _done(_("邀请已发出。对方通过邮件里的链接设置密码后即可登录。"))
    rows, own = queries.contacts(g.employer_id), queries.contact_of(g.employer_id, who)
    return render_template(
        "employers/contacts.html",
        form=form,
        employer=queries.employer(g.employer_id),
        contacts=rows,
        own=own,
        contact_states=ContactState,
        contact_badge=contact_badge,
    ), status_of(form)


@bp.post("/employer/<employer>/contacts/<person>/<any(accept, decline):answer>")
@access.for_employer
def answer(person: str, answer: str) -> Any:
    """Answer a colleague's request to join."""
    number = queries.contact(g.employer_id, person).id
    actions.answer_join(number, answer == "accept", by=access.me().person_id, now=clock.now())
    return _done(_("已同意加入。") if answer == "accept" else _("已谢绝申请。"))


@bp.post("/employer/<employer>/contacts/<person>/end")
@access.for_employer
def end(person: str) -> Any:
    """End a contact; whoever ends themselves has nothing left to see here."""
    row = queries.contact(g.employer_id, person)
    number, leaving = row.id, row.person_id == access.me().person_id
    actions.end_contact(number, by=access.me().person_id, now=clock.now())
    if leaving:
        return back_to("employers.mine", _("您已退出这个单位。"))
    return _done(_("已停用这位联系人，对方不能再进入单位页面。"))


@bp.post("/employer/<employer>/contacts/<person>/owner")
@access.for_employer
def owner(person: str) -> Any:
    """Hand the ownership over."""
    number = queries.contact(g.employer_id, person).id
    actions.hand_over(number, by=access.me().person_id, now=clock.now())
    return _done(_("单位负责人已移交。"))
