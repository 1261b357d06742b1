"""Invented people, companies and jobs of the demo season; the same seed gives the same ones.

Any likeness to real persons or companies is chance: names are put together from lists.
"""

import random
from dataclasses import dataclass

from stdnum.cn import uscc

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任姚卢傅钟姜崔谭廖范汪"
    "陆金石戴贾韦夏邱方侯邹熊孟秦白江阎薛尹段雷黎史龙陶贺顾毛郝龚邵万钱严武孔"
)
GIVEN = (
    "子涵雨欣浩然思远佳怡宇航梦琪俊杰诗雅志强嘉文晓彤明轩若曦一鸣心怡泽宇雅琳晨曦博文静怡天佑欣妍立新慧敏建华晓峰丽娜文博海燕"
    "国栋婷婷家豪雪梅永康玉兰"
)

DEPARTMENTS = (
    ("CS", "计算机学院", (("080901", "计算机科学与技术"), ("080902", "软件工程"), ("080910", "数据科学"))),
    ("EE", "电子信息学院", (("080701", "电子信息工程"), ("080703", "通信工程"))),
    ("ME", "机械工程学院", (("080202", "机械设计制造及其自动化"), ("080203", "材料成型及控制工程"))),
    ("CE", "土木工程学院", (("081001", "土木工程"), ("120103", "工程管理"))),
    ("CH", "化学与材料学院", (("070301", "化学"), ("080403", "材料化学"))),
    ("EM", "经济管理学院", (("120203", "会计学"), ("020301", "金融学"), ("120202", "市场营销"))),
    ("FL", "外国语学院", (("050201", "英语"), ("050207", "日语"))),
    ("LA", "法学院", (("030101", "法学"),)),
    ("AR", "艺术设计学院", (("130502", "视觉传达设计"), ("130504", "产品设计"))),
    ("LS", "生命科学学院", (("071001", "生物科学"), ("083001", "生物工程"))),
)

CITIES = ("南京", "苏州", "无锡", "常州", "南通", "扬州", "镇江", "徐州", "合肥", "杭州", "上海", "宁波")
_CODES = {
    "南京": "320100",
    "苏州": "320500",
    "无锡": "320200",
    "常州": "320400",
    "南通": "320600",
    "扬州": "321000",
    "镇江": "321100",
    "徐州": "320300",
    "合肥": "340100",
    "杭州": "330100",
    "上海": "310000",
    "宁波": "330200",
}
_OF_CODE = {"31": "上海", "32": "江苏", "33": "浙江", "34": "安徽"}
PROVINCES = {city: _OF_CODE[code[:2]] for city, code in _CODES.items()}
"""In which province each city lies."""
_FIRST = (
    "启明",
    "云杉",
    "北辰",
    "青禾",
    "安澜",
    "远帆",
    "锐锋",
    "海棠",
    "知行",
    "星桥",
    "蓝岸",
    "长风",
    "沐川",
    "新程",
)
_SECOND = (
    "智能",
    "精密",
    "生物",
    "数据",
    "能源",
    "传感",
    "建筑",
    "食品",
    "物流",
    "教育",
    "医疗",
    "材料",
    "软件",
    "环保",
)
_INDUSTRY = {
    "智能": "软件和信息技术服务业",
    "精密": "制造业",
    "生物": "科学研究和技术服务业",
    "数据": "软件和信息技术服务业",
    "能源": "电力、热力、燃气及水的生产和供应",
    "传感": "制造业",
    "建筑": "建筑业",
    "食品": "制造业",
    "物流": "交通运输、仓储和邮政业",
    "教育": "教育",
    "医疗": "卫生和社会工作",
    "材料": "制造业",
    "软件": "软件和信息技术服务业",
    "环保": "水利、环境和公共设施管理业",
}
_FORMS = ("科技有限公司", "股份有限公司", "有限公司", "集团有限公司", "技术研究院有限公司")


@dataclass(frozen=True)
class Job:
    """A kind of job: its title, the majors asked for, and lawful texts."""

    title: str
    majors: tuple[str, ...]
    description: str
    requirements: str
    low: int
    high: int


JOBS = (
    Job(
        "嵌入式软件工程师",
        ("080901", "080701"),
        "负责传感器固件的编写、调试和现场验证，与硬件同事一起完成产品交付。",
        "熟悉 C 语言和一种实时操作系统；能阅读英文数据手册；乐于动手。",
        9000,
        14000,
    ),
    Job(
        "数据分析师",
        ("080910", "080901", "080902"),
        "搭建业务指标看板，用数据回答销售和生产部门的问题，并写成报告。",
        "会使用 SQL 和 Python；有一段完整的数据分析课程设计或实习经历。",
        8000,
        13000,
    ),
    Job(
        "机械设计工程师",
        ("080202", "080203"),
        "参与自动化设备的结构设计、出图和装配验证。",
        "掌握三维设计软件；了解公差与配合；能适应短期出差。",
        7500,
        11000,
    ),
    Job(
        "施工技术员",
        ("081001", "120103"),
        "负责项目现场的测量、质量检查和资料整理。",
        "了解施工图；工作细致；项目在本省范围内轮换。",
        7000,
        10000,
    ),
    Job(
        "会计",
        ("120203",),
        "负责凭证、月结和税务申报，协助年度审计。",
        "熟悉会计准则；持有初级会计专业技术资格者优先。",
        6000,
        8500,
    ),
    Job(
        "市场专员",
        ("120202", "050201"),
        "策划线上线下活动，撰写产品文案，跟进投放效果。",
        "文字清楚；对新事物好奇；能独立完成一次活动方案。",
        6000,
        9000,
    ),
    Job(
        "质量工程师",
        ("080403", "070301"),
        "制定检验方案，分析来料和过程的不良原因并推动改进。",
        "了解统计过程控制；善于与产线同事沟通。",
        7000,
        10500,
    ),
    Job(
        "研发助理（生物）",
        ("071001", "083001"),
        "协助细胞培养、蛋白纯化和数据记录。",
        "掌握无菌操作；能按规程完整记录实验。",
        6500,
        9500,
    ),
    Job(
        "法务专员",
        ("030101",),
        "审核合同，管理知识产权台账，支持合规培训。",
        "通过国家统一法律职业资格考试者优先；逻辑清楚。",
        7000,
        11000,
    ),
    Job(
        "视觉设计师",
        ("130502", "130504"),
        "负责产品界面与品牌物料的视觉设计。",
        "请附作品集；熟练使用一种矢量设计工具。",
        7000,
        11000,
    ),
    Job(
        "通信测试工程师",
        ("080703", "080701"),
        "搭建测试环境，编写用例，定位并复现问题。",
        "了解通信协议基础；会写简单的自动化脚本。",
        8000,
        12000,
    ),
    Job(
        "日语翻译",
        ("050207",),
        "承担技术资料笔译与现场口译。",
        "日语表达准确；愿意学习制造业术语。",
        7000,
        10000,
    ),
)

BENEFITS = "签订劳动合同，依法缴纳社会保险和住房公积金；双休；提供员工宿舍；试用期按法律规定执行。"


class Inventor:
    """Makes people and companies; each is told apart from all before."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 (a demo, not a secret)
        self._companies: set[str] = set()
        self._codes: set[str] = set()

    def person(self) -> str:
        """A name of two or three characters."""
        start = self.random.randrange(0, len(GIVEN) - 1, 2)
        given = GIVEN[start : start + 2] if self.random.random() < 0.85 else self.random.choice(GIVEN)
        return self.random.choice(SURNAMES) + given

    def phone(self) -> str:
        """A mobile number in a range that is not given out."""
        return f"199{self.random.randrange(10**8):08d}"

    def company(self) -> tuple[str, str, str]:
        """(legal name, industry, city); the name is new."""
        while True:
            city = self.random.choice(CITIES)
            trade = self.random.choice(_SECOND)
            name = f"{city}{self.random.choice(_FIRST)}{trade}{self.random.choice(_FORMS)}"
            if name not in self._companies:
                self._companies.add(name)
                return name, _INDUSTRY[trade], city

    def uscc(self, city: str) -> str:
        """A unified social credit code with a valid check character."""
        while True:
            body = "".join(self.random.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(9))
            code = f"91{_CODES[city]}{body}"
            code += str(uscc.calc_check_digit(code))
            if code not in self._codes:
                self._codes.add(code)
                return code
