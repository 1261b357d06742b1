"""The one place where the domain's no becomes an answer: JSON, a flashed sentence, or an error page."""

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from fairs.errors import Named, Refusal
from fairs.web.language import day, in_words

TITLES = {
    400: "请求无法理解",
    401: "需要有效的通行证",
    403: "没有权限",
    404: "没有找到",
    405: "不支持的操作",
    409: "内容有变化",
    410: "链接已失效",
    413: "文件太大",
    422: "请检查填写的内容",
    429: "请稍后再试",
    500: "系统出错了",
    503: "系统正忙",
}
SENTENCES = {
    400: "请返回上一页再试一次。",
    403: "您没有进行这项操作的权限。如有需要，请联系就业中心。",
    404: "这个页面不存在，或者您无权查看。",
    405: "请从页面上的按钮进行操作。",
    413: "一个文件最大 10 MB。请返回上一页，压缩后再上传。",
    429: "操作过于频繁，请稍等一分钟再试。",
    500: "我们已记录这个问题。请稍后再试，或拨打下方就业热线。",
    503: "请稍后刷新页面。",
}


def sentence_of(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language."""
    values = {name: _spoken(value) for name, value in refusal.values.items()}
    text: str = gettext(refusal.sentence)
    return text % values if values else text


def _spoken(value: Any) -> Any:
    """A value of a sentence in the reader's language; several become one enumeration, a refusal its sentence."""
    if isinstance(value, Refusal):
        return sentence_of(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Named):
        return in_words(value)
    if isinstance(value, tuple):
        return gettext("、").join(str(_spoken(part)) for part in value)
    return gettext(value) if isinstance(value, str) and value else value


def wants_json() -> bool:
    """Whether the caller is a program: the API, or a script that asked for JSON."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def _page(status: int, title: str, sentence: str) -> tuple[str, int]:
    page = render_template("errors/page.html", title=title, sentence=sentence, status=status, ways=_ways())
    return page, status


def _ways() -> list[tuple[str, str]]:
    """Where to go from an error: after a button was pressed, first back to its page."""
    home = (url_for("home.index"), gettext("回到首页"))
    came = urlsplit(request.referrer or "")
    if request.method != "POST" or came.netloc != request.host:
        return [home]
    return [(came.path + (f"?{came.query}" if came.query else ""), gettext("返回刚才的页面")), home]


def _refused(refusal: Refusal) -> Any:
    sentence = sentence_of(refusal)
    if wants_json():
        body = {"code": refusal.code, "sentence": sentence, "field": refusal.field}
        return jsonify(error=body), refusal.status
    return _page(refusal.status, gettext(TITLES.get(refusal.status, TITLES[409])), sentence)


def _failed(error: HTTPException) -> Any:
    status = error.code or 500
    if 300 <= status < 400:
        return error
    title = gettext(TITLES.get(status, TITLES[400]))
    sentence = gettext(SENTENCES.get(status, SENTENCES[400]))
    if wants_json():
        return jsonify(error={"code": f"http_{status}", "sentence": sentence, "field": None}), status
    return _page(status, title, sentence)


def _stale_form(_error: CSRFError) -> Any:
    text = gettext("页面停留太久，已过期。请刷新页面后重新提交。")
    if wants_json():
        return jsonify(error={"code": "csrf", "sentence": text, "field": None}), 400
    return _page(400, gettext("页面已过期"), text)


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _failed)


def back_to(endpoint: str, sentence: str, tone: str = "success", **values: Any) -> BaseResponse:
    """After an action that went well: say so and go on to ``endpoint``."""
    flash(sentence, tone)
    return redirect(url_for(endpoint, **values))


def own_path(wanted: str, fallback: str) -> str:
    """``wanted`` if it is a path of this site, else the page ``fallback``; never another site."""
    own = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not urlsplit(wanted).netloc
    return wanted if own else url_for(fallback)
