"""How fast published texts are read again after the rules have changed: distinct texts, one or more processes.

    python -m benchmarks.recheck [texts] [workers]

Prints texts a second for the reading alone, and how long 1.2 million texts would take.
"""

import random
import sys
import time
from collections.abc import Iterator

from fairs.postings.reading import Reading, marks_of
from fairs.postings.rechecking import digest, several

PARTS = (
    "负责{0}的设计、调试和维护，与{1}团队协作完成交付",
    "参与{0}项目的需求分析，编写{1}方面的技术文档",
    "跟踪{0}市场动态，定期向{1}部门提交分析报告",
    "本科及以上学历，{0}相关专业，熟悉{1}工具者优先",
    "能适应短期出差，每月约{2}天，住宿和交通由单位承担",
    "试用期{3}个月，工资不打折，入职即缴纳五险一金",
    "面试通过后在{2}个工作日内答复，报到时间可协商",
    "工作地点在{0}园区，提供{1}班车和员工餐厅",
)
WORDS = (
    "夹具",
    "产线",
    "嵌入式",
    "供应链",
    "数据平台",
    "质量",
    "财务",
    "渠道",
    "光学",
    "检测",
    "工艺",
    "仿真",
)
VIOLATIONS = ("限男性，", "35岁以下，", "仅限985、211院校，", "本市户籍优先，", "已婚已育优先，")
LENGTH = 400


def texts(count: int, seed: int = 1) -> Iterator[Reading]:
    """Distinct postings of about 400 characters; one in fifty breaks a rule."""
    chance = random.Random(seed)
    for number in range(count):
        parts = [f"岗位编号{number}"]
        if chance.random() < 0.02:
            parts.append(chance.choice(VIOLATIONS))
        while sum(map(len, parts)) < LENGTH:
            words = (
                chance.choice(WORDS),
                chance.choice(WORDS),
                chance.randrange(1, 9),
                chance.randrange(1, 7),
            )
            parts.append(chance.choice(PARTS).format(*words) + "；")
        yield Reading((("description", "".join(parts)), ("title", f"工程师{number}")), "private", "default")


def main() -> None:
    """Print the figures."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    workers = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    readings = list(texts(count))
    marks_of(readings[0])  # the rulebook is read once
    with several(workers) as pool:
        if pool is not None:
            list(pool.map(marks_of, readings[:1000], chunksize=100))
        began = time.perf_counter()
        for reading in readings:
            digest(reading)
        found = list(pool.map(marks_of, readings, chunksize=200) if pool else map(marks_of, readings))
        seconds = time.perf_counter() - began
    rate = count / seconds
    marked = sum(bool(marks) for marks in found)
    print(f"{count:,} distinct texts, {workers} process(es): {rate:,.0f} texts/s, {marked:,} with marks")
    print(f"1.2 million texts: {1_200_000 / rate / 60:.1f} min")


if __name__ == "__main__":
    main()
