"""Measure the clause engine: texts per second, and its matcher against a plain loop of regular expressions.

usage: python -m benchmarks.clause_speed [--texts 2000]

Every text is distinct and about 400 characters long. The postings in ``ordinary.txt``, and those in ``dense.txt``
with five to eight forbidden clauses each, were written whole, by people who saw neither rules nor lessons. The others
are put together: plain ones from phrases of ordinary postings, look-alikes from labelled clean texts that use the
words of forbidden clauses, joined ones from labelled texts with at least one clause each, packed ones from nothing
but the clauses that the rulebook must find, mixed ones from plain phrases and those. One process, one core,
processor time.
"""

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path

from fairs.clauses.catalogue import catalogue
from fairs.clauses.engine import check
from fairs.clauses.normalise import normalise

LENGTH = 400
JOBS = """
电气工程师 前端开发 会计 护士 采购专员 施工员 外贸业务员 数学教师 仓库管理员 药剂师 客服专员 测试工程师 编辑 法务
酒店前厅 销售代表 质检员 产品助理 短视频剪辑 幼儿教师 物流调度 暖通设计 化验员 农艺师 人事专员 数据分析师 电工
景观设计师 司机 理财经理 社工 翻译 焊接工艺员 保洁主管 健身教练 兽医 厨师长 记者 网络运维 育婴师
"""
DUTIES = """
负责日常设备的巡检与维护 编制项目进度计划并跟踪落实 与客户沟通需求并输出方案 整理单据并按月归档
参与新产品的试制与验证 配合部门完成年度目标 撰写周报与总结材料 维护供应商关系并控制成本 组织团队培训与考核
处理客户反馈并形成记录 协助主管完成招投标文件 参与现场安全检查 优化流程并提升效率 跟进订单交付与回款
"""
NEEDS = """
本科及以上学历，专业相关 三年以上同岗位工作经验 熟练使用办公软件 持有相应职业资格证书 具备良好的沟通表达能力
责任心强，做事细致 能适应短期出差 有团队合作精神 英语四级以上 应届毕业生亦可 熟悉行业法规与标准 学习能力好
"""
GIVES = """
五险一金，双休 带薪年假与年度体检 提供工作餐与宿舍 绩效奖金按季度发放 节日福利与团建活动 完善的培训与晋升通道
交通补贴、通讯补贴 工作地点近地铁 试用期三个月，签三年合同 员工子女教育补助
"""
PHRASES = [part.split() for part in (DUTIES, DUTIES, NEEDS, GIVES)]


def plain(number: int, dice: random.Random) -> str:
    """An ordinary posting, put together."""
    parts = [f"{number}号岗位：{dice.choice(JOBS.split())}，招聘{dice.randint(1, 20)}人。岗位职责："]
    while sum(map(len, parts)) < LENGTH:
        parts.append(dice.choice(dice.choice(PHRASES)) + dice.choice("；；。\n"))
    return "".join(parts)[:LENGTH]


def lookalike(number: int, dice: random.Random) -> str:
    """Clean texts one after the other, most of them hard ones."""
    return _joined(number, CLEAN, dice)


def joined(number: int, dice: random.Random) -> str:
    """Texts with a clause each, one after the other."""
    return _joined(number, VIOLATING, dice)


def packed(number: int, dice: random.Random) -> str:
    """A text of nothing but clauses."""
    return _joined(number, FOUND, dice)


def _joined(number: int, texts: Sequence[str], dice: random.Random) -> str:
    parts = [f"{number}号岗位。"]
    while sum(map(len, parts)) < LENGTH:
        parts.append(dice.choice(texts) + "\n")
    return "".join(parts)[:LENGTH]


def mixed(number: int, dice: random.Random) -> str:
    """A posting as the worst real ones are: every fourth sentence or so holds a clause."""
    parts = [f"{number}号岗位：{dice.choice(JOBS.split())}。岗位职责："]
    while sum(map(len, parts)) < LENGTH:
        clause = dice.random() < 0.3
        parts.append(
            (dice.choice(FOUND) if clause else dice.choice(dice.choice(PHRASES))) + dice.choice("；；。\n")
        )
    return "".join(parts)[:LENGTH]


LESSONS = files("fairs.clauses.lessons").joinpath("labelled.jsonl")
LABELLED = [json.loads(line) for line in LESSONS.read_text("utf-8").splitlines()[::3]]
CLEAN = [one["text"] for one in LABELLED if not one["labels"]]
VIOLATING = [one["text"] for one in LABELLED if one["labels"]]
del LABELLED
FOUND = [one.text for rule in catalogue().rules for one in rule.examples if one.must_match]


def postings(name: str) -> list[str]:
    """The postings of a file beside this one."""
    return Path(__file__).with_name(name).read_text("utf-8").strip().split("\n---\n")


def measured(work: Callable[[str], object], texts: Sequence[str], least: int = 1_000) -> float:
    """Microseconds of processor time a text: the best of three rounds, or of more until ``least`` texts are read."""
    rounds = []
    for _ in range(max(3, least // len(texts))):
        begun = time.process_time()
        for text in texts:
            work(text)
        rounds.append((time.process_time() - begun) / len(texts) * 1e6)
    return min(rounds)


def plain_loop(patterns: Sequence[re.Pattern[str]]) -> Callable[[str], object]:
    """What the matcher replaces: every pattern over every text."""
    return lambda text: [match for pattern in patterns for match in pattern.finditer(text)]


def main() -> None:
    """Make texts, measure, print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--texts", type=int, default=2000)
    number = parser.parse_args().texts
    dice = random.Random(7)
    texts = {"ordinary": postings("ordinary.txt"), "dense": postings("dense.txt")}
    texts |= {
        name: [make(one, dice) for one in range(number)]
        for name, make in (
            ("plain", plain),
            ("look-alike", lookalike),
            ("mixed", mixed),
            ("joined", joined),
            ("packed", packed),
        )
    }
    print(f"texts of {LENGTH} characters, microseconds a text")
    for name, some in texts.items():
        plain_forms = [normalise(text).text for text in some]
        findings = sum(len(check(text)) for text in some) / len(some)
        whole = measured(check, some)
        print(
            f"{name:10} check {whole:6.0f} ({1e6 / whole:,.0f} texts/s, {findings:.1f} findings)"
            f"  normalise {measured(normalise, some):5.0f}"
            f"  matcher {measured(lambda text: catalogue().places(text, 'description'), plain_forms):6.0f}"
        )
    print(f"memory {memory():.0f} MB")
    for size in (100_000, 1_000_000):
        text = "".join(joined(one, dice) for one in range(size // LENGTH))
        begun = time.process_time()
        check(text)
        print(f"one text of {size:,} characters: {time.process_time() - begun:.2f} s, {memory():.0f} MB")
    patterns = [pattern.compiled for rule in catalogue().rules for pattern in rule.patterns]
    print(f"a plain loop over all {len(patterns)} patterns, microseconds a text")
    for name, some in texts.items():
        plain_forms = [normalise(text).text for text in some[:20]]
        print(f"{name:10} {measured(plain_loop(patterns), plain_forms, 60):8.0f}")


def memory() -> float:
    """The most that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
