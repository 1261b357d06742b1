"""The story until the fair is open and has its employer: the officer, the employer and campus security."""

import re
from datetime import time
from pathlib import Path

import sqlalchemy as sa
from playwright.sync_api import expect

from fairs import clock
from fairs.accounts.queries import account_by_login
from fairs.database import db, found
from fairs.files.sheets import write_xlsx
from fairs.institutions.models import University
from fairs.programmes.drafts import FairDraft, SlotDraft
from fairs.programmes.models import Event
from fairs.programmes.rules import TargetDimension
from tests.factories import employers as made
from tests.factories import programmes as planned
from tests.factories import safety
from tests.journeys.story import DAY, FAIR, FIRM, OTHER, PASSWORD, Story, account

# ---- the officer prepares ----


def the_officer_imports_the_students(story: Story) -> None:
    officer = story.officer
    officer.signs_in("chen@nanhu.example", PASSWORD)
    officer.sees("没有等您处理的事项。")
    officer.shows("home")
    officer.follows("学生")
    officer.follows("导入学生")
    sheet = story.papers / "学生名单.xlsx"
    headings = ["学号", "姓名", "院系", "专业", "学历层次", "毕业年份", "邮箱"]
    rows = [
        ["202300010001", "李小雨", "计算机学院", "计算机科学与技术", "本科", "2027", "xiaoyu@nanhu.example"],
        ["202300010002", "王小满", "计算机学院", "计算机科学与技术", "本科", "2027", ""],
        ["202300010003", "赵晓晴", "机械学院", "机械设计制造", "硕士", "2027", ""],
    ]
    sheet.write_bytes(write_xlsx("学生名单", headings, rows))
    officer.page.locator("input[type=file]").set_input_files(sheet)
    officer.presses("上传并预览")
    officer.sees(re.compile("新增 3 人"))
    officer.ticks("给新增的学生发送激活链接")
    officer.shows("preview")
    officer.presses("确认导入")
    story.work()
    officer.sees("已完成")
    officer.shows("imported")
    officer.follows("查看结果")
    officer.sees("赵晓晴")


def the_officer_plans_a_month_with_a_fair(story: Story) -> None:
    officer = story.officer
    officer.follows("系列")
    officer.follows("新建系列")
    officer.fills(名称="2027届校园招聘月", 主题="就业向未来", 开始日期="2026-11-10", 结束日期="2026-12-09")
    officer.presses("保存")
    officer.sees(re.compile("系列活动已建立"))
    officer.page.get_by_role("link", name="新建活动").first.click()
    officer.follows("专场招聘会")
    officer.fills(活动名称=FAIR, 日期="2026-11-21", 开始时间="09:00", 结束时间="12:00")
    officer.chooses(场地="体育馆（可容纳 1200 人）")
    officer.fills(分几个入场时段="3", 每个时段名额="40")
    officer.unfolds("面向专业")
    officer.ticks("计算机科学与技术")
    officer.unfolds("招聘会设置")
    officer.fills(预计参加人数="120", 单位申请截止="2026-11-18")
    officer.unfolds("主办和承办单位")
    officer.fills(承办单位="南湖大学就业指导中心")
    officer.shows("event-form")
    officer.presses("保存为草稿")
    officer.sees("活动已建立（草稿）。")
    officer.follows("去办理：展位图")
    officer.fills(展位总数="12", 每排展位="6", 其中带电源="6", 其中无障碍="2")
    officer.presses("生成展位图")
    officer.presses("发布展位图")
    officer.shows("plan")
    _safety_is_planned(FAIR)
    officer.follows("概览")
    officer.presses("提交审核")
    officer.shows("in-review")


def _safety_is_planned(title: str) -> None:
    """The safety plan is written; how, is a story of its own (test_safety)."""
    db.session.rollback()
    event = db.session.scalars(sa.select(Event).where(Event.title == title)).one()
    by = found(account_by_login("chen@nanhu.example")).person_id
    safety.written(event, by=by, now=clock.now())


# ---- the employer becomes known ----


def an_employer_registers_and_is_returned_once(story: Story) -> None:
    employer, officer = story.employer, story.officer
    code = made.code()
    employer.opens()
    employer.shows("visitors")
    employer.follows("单位注册")
    employer.fills(统一社会信用代码=code[:-1])
    employer.sees("已输入 17 位，共 18 位。")
    employer.fills(统一社会信用代码=code)
    employer.sees("代码格式正确，可以注册。")
    employer.shows("code")
    employer.presses("下一步")
    employer.fills(单位全称="青禾智能科技公司")
    employer.chooses(
        单位类型="企业", 所有制="民营", 规模="中型", 行业="软件和信息技术服务业", 所在地区="江苏"
    )
    employer.presses("下一步")
    employer.fills(姓名="周经理", 手机或座机="13800001111", 邮箱="zhou@qinghe.example", 设置密码=PASSWORD)
    employer.shows("contact")
    employer.presses("保存，下一步上传材料")
    employer.agrees()
    for _ in range(3):
        employer.page.locator(".row-next .btn-primary").click()
        employer.page.locator("input[type=file]").set_input_files(_paper(story.papers))
        employer.presses("上传")
    employer.shows("papers")
    employer.follows("核对并提交")
    employer.presses("提交审核")
    employer.sees(re.compile("待审核"))
    employer.shows("handed-in")

    officer.follows("首页")
    officer.shows("queue")
    officer.page.get_by_role("link", name=re.compile("单位资质待审核")).click()
    officer.follows("审核", "table")
    officer.ticks("单位名称与营业执照不一致，请逐字核对。")
    officer.shows("papers")
    officer.presses("退回修改")

    employer.page.reload()
    employer.sees("单位名称与营业执照不一致，请逐字核对。")
    employer.shows("returned")
    employer.follows("修改后一键重新提交")
    employer.follows("修改资料")
    employer.fills(单位全称=FIRM)
    employer.presses("保存")
    employer.follows("修改后一键重新提交")
    employer.presses("重新提交")

    officer.follows("用人单位")
    officer.follows("审核", "table")
    officer.ticks(re.compile("已在公示系统核对"))
    officer.presses("通过", "#decision")
    officer.sees("没有等待审核的单位。")


def _paper(folder: Path) -> Path:
    paper = folder / "材料.png"
    paper.write_bytes(made.PNG)
    return paper


# ---- the posting ----


def the_employer_words_a_posting_lawfully(story: Story) -> None:
    employer, officer = story.employer, story.officer
    employer.follows("首页")
    employer.shows("checklist")
    employer.follows("去办理：发布招聘信息")
    employer.follows("写招聘信息")
    employer.fills(岗位名称="后端开发工程师", 需求人数="6", 工作地点="南京市", 薪酬说明="月薪 9000 元起")
    employer.fills(
        工作内容="负责招聘系统的后端开发和维护。", 有效期至="2027-03-31", 专业要求="计算机科学与技术"
    )
    employer.field("任职要求").press_sequentially("限男性，熟悉 Python 和数据库。", delay=5)
    hint = employer.page.locator("#requirements-hints")
    employer.sees("性别", "#requirements-hints")
    employer.shows("hint")
    hint.get_by_role("button", name=re.compile("改为|删去")).first.click()
    expect(employer.field("任职要求")).not_to_have_value(re.compile("限男性"))
    employer.sees("没有发现需要修改的内容", "#requirements-hints")
    employer.shows("reworded")
    employer.presses("保存并核对")
    employer.shows("to-hand-in")
    employer.presses("提交审核")
    employer.sees("审核中")

    officer.follows("首页")
    officer.page.get_by_role("link", name=re.compile("招聘信息待审核")).click()
    officer.follows("从第一条开始")
    officer.sees("没有发现需要修改的内容", ".decide")
    officer.shows("vetting")
    officer.presses(re.compile("通过并发布"))

    employer.follows("后端开发工程师")
    employer.follows("看学生看到的页面")
    employer.sees("后端开发工程师")
    employer.shows("public")


# ---- gates, opening, booth ----


def the_gates_are_signed_and_the_fair_opens(story: Story) -> None:
    officer, security = story.officer, story.security
    security.signs_in("liu@nanhu.example", PASSWORD)
    security.follows("首页")
    security.page.get_by_role("link", name=re.compile(f"安全工作方案待审批.*{FAIR}")).click()
    security.shows("plan")
    security.presses("同意并签署")
    security.sees("已签署，签署人和时间已记录。")

    officer.follows("活动")
    officer.follows(FAIR)
    officer.follows("开放前审核")
    for _ in range(2):  # the plan and the postings; security has signed already
        with officer.page.expect_navigation():
            officer.presses("同意并签署")
    officer.shows("signed")
    officer.follows("概览")
    officer.presses("开放报名")
    officer.sees("报名中")
    officer.shows("open")
    _another_fair_opens()


def _another_fair_opens() -> None:
    """In the afternoon, for mechanical engineers; its way here is the same."""
    db.session.rollback()
    officer, guard = account("chen@nanhu.example"), account("liu@nanhu.example")
    school = db.session.scalars(sa.select(University)).one()
    planned.open_fair(
        school,
        officer=officer,
        guard=guard,
        title=OTHER,
        on=planned.days(DAY.date(), starts=time(14), ends=time(17)),
        slots=SlotDraft(count=3, capacity=40),
        fair=FairDraft(expected_attendance=120),
        targets=[(TargetDimension.MAJOR, "080202")],
        now=clock.now(),
    )


def the_employer_gets_a_booth(story: Story) -> None:
    employer, officer = story.employer, story.officer
    employer.follows("首页")
    employer.follows("去办理：申请展位并确认")
    row = employer.page.get_by_role("row").filter(has_text=FAIR)
    row.get_by_role("link", name="申请展位").click()
    employer.ticks(re.compile("后端开发工程师"))
    employer.ticks("需要电源")
    employer.shows("request")
    employer.presses("提交申请")
    employer.sees("申请已提交，等待安排展位")

    officer.follows("首页")
    officer.page.get_by_role("link", name=re.compile("展位申请待分配")).click()
    officer.shows("requests")
    officer.presses("自动安排展位")
    story.work()
    officer.follows("查看结果")
    officer.sees("等待单位确认")
    officer.shows("allocated")

    employer.page.reload()
    employer.shows("offer")
    employer.presses("确认参会")
    employer.follows("登记参会人员")
    employer.fills(姓名="周经理", 手机号="13800001111")
    employer.presses("添加")
    employer.follows("返回展位")
    employer.shows("confirmed")
