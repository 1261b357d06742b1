"""Sentences beside the rulebook's own examples: who limits whom on what ground, and what only sounds so."""

import pytest

from fairs.clauses.engine import check

LIMITS = """\
gender 仅接受男性候选人投递
gender 要求女性，形象端正
gender 该岗位只面向女同学
gender 男生优先考虑，待遇从优
gender 女性不予考虑
gender 需要经常加班熬夜，不适合女生
gender 男士优先录取
gender 招女文员一名
gender 诚聘女秘书
gender 招聘女销售两名
gender 招男司机
gender 性别：女
gender 性别要求：男性
gender 性别：男，年龄：22-30岁
gender 性别不限但女生优先
gender 岗位性质特殊，限女
gender 男性工程师3名
gender 男女不限（男生优先）
gender Only male applicants will be considered.
gender Female preferred.
gender 优先考虑女生
gender 录取男女比例7:3
gender 招聘10人（男6女4）
gender 因工作需要仅限男同志报名
gender ♀优先
gender 女孩子优先哦
gender 只收女生，男生勿扰
gender 倾向于招男生
gender 以男性为主
gender 适合男性
gender 更倾向男性
gender 要男的
gender 不要女的
gender 限招男性2人
gender 限男性（因需上夜班）
age 年龄在35岁以下
age 35岁及以下
age 年龄：18-35周岁
age 35周岁（含）以下
age 不超过30周岁
age 年龄25至35岁之间
age 三十岁以下
age 年龄要求：40岁以内
age 95后优先
age 1995年后出生
age 1990年1月1日（含）以后出生
age 硕士不超过28岁，博士不超过32岁
age 年龄35以下
age 限35岁以下
age 30周岁以下优先
age 年龄不限于35岁以下者优先
age 45岁封顶
age 超过35周岁请勿投递
age 35+勿扰
age Age: 22-30
age Must be under 35.
age Candidates aged 22 to 28 preferred
age 30岁以上勿投
age 22~28岁
age 年满18周岁，不超过40周岁
age 应聘者年龄须在40周岁以下
school_tier 985/211优先
school_tier 985及211院校毕业
school_tier 本科为211以上院校
school_tier 本科院校须为双一流
school_tier 仅招收985高校学生
school_tier 毕业于985院校
school_tier 双非勿扰
school_tier 非双一流勿投
school_tier 双一流、海外QS前100院校硕士
school_tier 国内外知名高校毕业
school_tier 名校毕业优先
school_tier 限全日制统招本科
school_tier 拒绝专升本
school_tier 不接受自考和成教学历
school_tier 清华北大优先
school_tier 毕业院校：清华、北大、复旦
school_tier 一本以上学历
school_tier 一本院校优先
school_tier 二本及以下勿投
school_tier 985本硕
school_tier 本硕985
school_tier 985 211
school_tier 985/211
school_tier 要求985/211。
school_tier 学历：985/211本科
school_tier 非211不要
school_tier QS100以内院校
school_tier 世界排名前100的高校毕业生
school_tier 第一学历本科
school_tier 双证全日制硕士
school_tier 民办院校不考虑
school_tier 双①流高校
school_tier 985、211毕业生起薪上浮20%
household_registration 限本地户口
household_registration 户籍：本市
household_registration 要求北京户口
household_registration 北京户口优先
household_registration 具有上海市户籍
household_registration 上海生源优先
household_registration 限北京生源
household_registration 本市户籍者优先考虑
household_registration 须为本省生源
household_registration 非沪籍勿扰
household_registration 外地户籍不考虑
household_registration 京籍优先
household_registration 沪籍
household_registration 户口在杭州市区
household_registration 户籍所在地为本县
household_registration 具有当地户籍
household_registration 非农户口
household_registration 仅限广东省户籍考生报名
household_registration 只要本市户口的
household_registration Local hukou preferred.
marital_childbearing 已婚已育者优先
marital_childbearing 已婚优先
marital_childbearing 未婚
marital_childbearing 要求已婚已育
marital_childbearing 三年内不考虑生育
marital_childbearing 三年内不要孩子
marital_childbearing 近期无结婚生育打算
marital_childbearing 两年内不结婚
marital_childbearing 请说明婚姻及生育状况
marital_childbearing 婚姻状况：已婚
marital_childbearing 是否已婚
marital_childbearing 是否有生育计划
marital_childbearing 面试会询问婚育计划
marital_childbearing 孕妇勿投
marital_childbearing 怀孕视为自动离职
marital_childbearing 需提供孕检报告
marital_childbearing 已育女性优先
marital_childbearing 单身女性优先
marital_childbearing 限未婚
marital_childbearing 未婚女性
marital_childbearing 入职体检包括妊娠检测
marital_childbearing 入职前须做HCG检查
marital_childbearing 合同期内不得生育
marital_childbearing 5年内不生二胎
marital_childbearing 已婚未育勿投
marital_childbearing No plans to have children within 3 years.
fraud_fee 入职需交300元服装费
fraud_fee 培训费用自理，共计2000元
fraud_fee 报名需缴费200元
fraud_fee 需缴纳保证金
fraud_fee 押金500
fraud_fee 入职先交押金500元，干满三个月退
document_withholding 入职后身份证由公司保管
document_withholding 需抵押毕业证
document_withholding 押身份证
document_withholding 毕业证原件需上交公司三年
training_loan 可办理培训贷款
training_loan 无需学费，贷款培训，入职后还款
training_loan 培训费用可分期，从工资里扣
"""

HARMLESS = """\
男女不限
性别不限，年龄不限，户籍不限
不限性别、户籍、院校
男女同工同酬
欢迎女生报名，男生也欢迎
男装、女装买手
负责女包产品设计
女性健康品牌运营
妇女儿童医院招聘护士
男科医生，需有执业证书
女子监狱食堂采购员，性别不限
女排俱乐部运营助理
负责男生宿舍楼维修工程造价
学校现有在校生2万人，男女比例3:2
负责3-6岁儿童英语教学
25-35个工作日内发放
薪资范围20-35K
20-30人的团队
每周工作5天，每天8小时
年龄不限
没有年龄限制
公司成立于1998年，1998年以后生产的设备由我维护
面向18-25岁年轻用户的潮牌设计
为60岁以上老人提供上门护理
不看学历出身，不限985/211
我司与多所985、211高校建立合作
公司毗邻985高校，交通便利
专升本同学同等对待
接受专升本
本科及以上学历
硕士研究生及以上
全日制劳动合同
可解决北京户口
提供北京户口指标
协助办理落户，户口档案可转入
户口不限
不要求本地户口
不需要已婚已育
婚姻状况不限
已婚未婚均可
婚假、产假、陪产假齐全
婚恋产品运营，单身用户增长
母婴店导购，负责孕妇用品销售
孕产护理师，服务孕妇
妊娠期糖尿病研究助理
不问婚育
公司承担培训费用
培训免费，不收押金
提供免费工装
报名费全免
宿舍无押金
负责押金、租金的核算
贷款审核专员
汽车金融分期专员
身份证复印件一份
原件查验后立即归还
证件照拍摄摄影师
男女老少皆宜的产品
招聘女装店长
女教师占比70%
我们欢迎所有性别
工龄满25年以上可享受长休假，30年以下按比例
需与客户男女主角经纪人沟通
男主角已定，招聘场记
在全国重点高校建立就业合作渠道，经验丰富者优先
熟悉重点高校渠道者优先
熟悉一流大学建设评估业务
985元补贴
双一流建设项目管理办公室文员
专业限定为女性文学研究方向
限量款男鞋设计
女神节活动策划
负责男友力话题的短视频
生源拓展专员，有招生经验者优先
户籍管理系统开发工程师
生育保险、医疗保险齐全
三孩家庭补贴
恋爱类游戏文案策划
不得设置性别条件
严禁设置年龄35岁以下等歧视性条款
请勿填写年龄要求35岁以下、限男性等内容
本平台禁止发布“仅限985”等信息
保证金利息由银行支付，招聘客户经理
设备租赁押金管理系统开发
女性同胞节日福利
已婚员工可申请探亲假
男同事较多，氛围活跃
985高校教师岗，博士学历
本岗位为985高校行政岗
招聘单位：某211大学图书馆
"""


@pytest.mark.parametrize("line", LIMITS.splitlines())
def test_a_limit_is_found_in_its_category(line: str) -> None:
    category, text = line.split(" ", 1)
    assert category in {finding.category for finding in check(text, "requirements")}


@pytest.mark.parametrize("text", HARMLESS.splitlines())
def test_a_harmless_sentence_is_left_alone(text: str) -> None:
    assert check(text, "requirements") == ()
