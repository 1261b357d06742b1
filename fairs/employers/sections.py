"""Industries and regions an employer chooses from. Pure."""

INDUSTRIES = (
    "农、林、牧、渔业",
    "采矿业",
    "制造业",
    "电力、热力、燃气及水的生产和供应",
    "建筑业",
    "批发和零售业",
    "交通运输、仓储和邮政业",
    "住宿和餐饮业",
    "软件和信息技术服务业",
    "金融业",
    "房地产业",
    "租赁和商务服务业",
    "科学研究和技术服务业",
    "水利、环境和公共设施管理业",
    "居民服务业",
    "教育",
    "卫生和社会工作",
    "文化、体育和娱乐业",
    "公共管理和社会组织",
)
"""The sections of GB/T 4754 in everyday words; the words themselves are stored."""

# fmt: off
REGIONS = (
    "北京", "天津", "河北", "山西", "内蒙古", "辽宁", "吉林", "黑龙江", "上海",
    "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南",
    "广东", "广西", "海南", "重庆", "四川", "贵州", "云南", "西藏", "陕西",
    "甘肃", "青海", "宁夏", "新疆", "香港", "澳门", "台湾", "境外",
)
# fmt: on
"""Where an employer has its seat; the words themselves are stored."""


def region_of(text: str) -> str:
    """The region with which an address begins (“江苏省南京市” → “江苏”); the text itself where it names none."""
    return next((region for region in REGIONS if text.startswith(region)), text)
