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
gender 本岗仅面向男性毕业生，需长期驻外
gender 任职资格：1、女，25岁以下；2、大专
gender 招聘条件：女性，大专以上
gender 要求：男，能吃苦
gender 前台（女）2名
gender 行政前台1人（限女性）
gender 男性，30岁左右
gender 男生可放宽至大专
gender 性别男，有驾照
gender 应聘者须为男性
gender 请女生不要投递本岗位
gender 因工作环境特殊，暂不考虑女生
gender 工作强度大，女生请慎重投递
gender 女生勿扰哈
gender 我们只要男孩子
gender 仅招聘男性工程师
gender 同等条件男生优先录取
gender 同等条件下，女性优先
gender Looking for male engineers only
gender Men preferred due to heavy lifting
gender 限10名男生
gender 招收男生5名、女生3名
gender 男性岗位，女性不得报考
gender 本职位适合男生
gender 美女优先
gender 招聘女大学生兼职
gender 岗位一（男）：机械类
gender 男性（需经常下车间）
age 年龄要求在22周岁至28周岁之间
age 年龄不超过35周岁（1990年12月31日以后出生）
age 硕士研究生年龄不超过30周岁
age 年龄须在18至30周岁
age 原则上35岁以下
age 博士可放宽至40周岁
age 本科25岁以下，硕士28岁以下
age 年龄：35岁以内
age 不要35岁以上的
age 30岁以下者优先
age 年龄最好在30岁以下
age 90后、95后优先考虑
age 仅限95后
age 1991年及以后出生
age 出生日期在1990年1月1日之后
age 年龄上限35岁
age 限30周岁（含）以下
age 岁数不超过30
age 18—28周岁
age 24岁到30岁之间
age 年龄: 20-30
age 30岁封顶
school_tier 985/211/双一流院校全日制硕士及以上
school_tier 985、211等重点院校优先考虑
school_tier 须毕业于双一流高校
school_tier 本科毕业于985、211高校
school_tier 毕业院校为985或211
school_tier 应届985毕业生
school_tier 双一流院校毕业生优先
school_tier 学校要求：211及以上
school_tier 学历要求：211本科及以上
school_tier 211以上
school_tier 国家"985工程"院校毕业
school_tier 国家“双一流”建设高校毕业生
school_tier 仅限“双一流”高校毕业生报名
school_tier 原985、211高校硕士
school_tier QS排名前200高校
school_tier QS世界大学排名前100的境外高校毕业生
school_tier 世界大学排名前200名的国（境）外高校
school_tier C9高校优先
school_tier 要求一本及以上学历
school_tier 一本毕业
school_tier 重点大学毕业
school_tier 名校硕士优先
school_tier 双非院校勿投
school_tier 专科、三本、独立学院勿扰
school_tier 不考虑双非院校
school_tier 本科第一学历为统招
school_tier 国家统招本科及以上
school_tier 非全日制、成教、自考除外
school_tier 不含专升本、独立学院
school_tier 普通高校全日制本科
school_tier 海外名校背景优先
school_tier 国企招聘：留学经历优先
household_registration 具有本市常住户口或生源
household_registration 限深圳户籍
household_registration 户籍要求：浙江省
household_registration 本省户籍优先
household_registration 户口要求：北京市城镇户口
household_registration 北京户口
household_registration 有上海户口者优先
household_registration 要求当地户口，有本地担保人
household_registration 生源地为江苏省
household_registration 限江苏生源
household_registration 江苏籍或江苏生源
household_registration 非本市户籍人员勿投
household_registration 只招收京籍毕业生
household_registration 无北京户口勿投
household_registration 需本地户口
household_registration 本地户口，有房优先
household_registration 户口不在本市的不予考虑
household_registration 面向具有XX县户籍的人员
marital_childbearing 已婚已育女性优先考虑
marital_childbearing 优先考虑已婚已育人士
marital_childbearing 女性须已婚已育
marital_childbearing 未婚女生，形象好
marital_childbearing 未婚未育请勿投递
marital_childbearing 未婚优先
marital_childbearing 女性求职者须承诺两年内不生育
marital_childbearing 合同期内不得怀孕
marital_childbearing 三年之内不能结婚生子
marital_childbearing 暂无婚育计划者优先
marital_childbearing 需说明婚育状况
marital_childbearing 请在简历中注明婚育情况
marital_childbearing 简历需写明婚否
marital_childbearing 填写婚育状况表
marital_childbearing 体检项目含妊娠试验
marital_childbearing 入职须提供未怀孕证明
marital_childbearing 如怀孕则自动解除合同
marital_childbearing 哺乳期勿扰
marital_childbearing 已婚未育者慎投
marital_childbearing 无孩优先
marital_childbearing 离异勿扰
fraud_fee 报到时需缴纳服装押金400元
fraud_fee 需先交纳培训费
fraud_fee 服装费、体检费自理
fraud_fee 上岗前需支付1000元保证金
fraud_fee 需自备并购买公司指定电脑
document_withholding 入职须押毕业证原件
document_withholding 身份证原件由单位统一保管至实习结束
document_withholding 签约后学位证交由公司
training_loan 学费可贷款，毕业后分期偿还
training_loan 培训费可走分期贷款，零首付
"""

HARMLESS = """\
招聘女性心理健康项目研究助理
女子篮球队体能教练，性别不限
男科门诊导诊员，男女不限
为女性创业者提供贷款服务
协助完成女大学生就业调查报告
男女装陈列师，有经验优先
负责男生宿舍与女生宿舍的水电维修
组织女职工三八节活动
负责招聘男女模特的外联工作
我们团队男女比例均衡
主演：王某（男）、李某（女），招聘摄影助理
性别：不限；年龄：不限；学历：本科
性别/年龄/户籍均不限
联系人：张女士，电话：010-88888888
联系人：李先生（男）
王老师（女），博士生导师
协助老师管理学员信息，包括姓名、性别、年龄、户籍
热爱女装、男装搭配，有时尚感者优先
女性主题刊物编辑，文字功底好者优先
投诉处理35小时内完成
35个月以内的项目周期
每班30-40人
薪资：20-30K·14薪
工作时间9:00-18:00
公交20-30分钟可达
22-26届毕业生
培训18-24课时
3-5年工作经验
需具备30年以上房龄建筑检测经验
关注40岁以上人群的慢病管理
年龄结构合理，平均年龄在30岁以下
适合25岁以下女性用户的护肤产品研发
办理35岁以下青年社保补贴的窗口人员
1995年以后成立的企业可申请
18周岁以上，身体健康
须年满18周岁
年满16周岁，持有效身份证
为985、211高校提供信息化服务
客户包括清华大学、北京大学等高校
与清华、北大共建联合实验室
公司创始人毕业于清华大学
团队成员来自清华、北大、中科院等
核心成员均毕业于国内外名校
我校是教育部直属重点大学、国家“双一流”建设高校
学校为国家211工程重点建设高校，现招聘辅导员
985元/天
211元全勤奖
房间号985，乘211路
产品型号QS200
重点客户维护者优先
重点项目申报经验优先
一本正经做产品
公办学校食堂管理员
民办教育集团招聘会计
民办高校辅导员，硕士及以上
成人教育学院教务员
自考办工作人员
网络教育平台后端开发
电大退休教师返聘咨询
留学生服务中心行政，英语好者优先
海外业务拓展，有驻外经验优先
留学机构文案，有经验者优先
在读全日制学生可申请实习
全日制坐班
不区分全日制与非全日制
学历不限，统招自考均可
本科，专升本可
户籍科窗口文员
可落户上海，享人才公寓
为员工办理集体户口
公司协助办理工作居住证和北京户口
有北京户口指标
外地户籍员工可享租房补贴
服务本市户籍老人
熟悉户籍政策者优先
新生儿户口登记业务
办理居住证的外地户口居民咨询岗
婚假10天，生育津贴按规定发放
婚纱摄影师，有作品优先
婚姻登记处文员
家庭教育指导师
单身联谊活动策划，执行力强者优先
未婚先孕题材剧本编辑
已婚女性消费行为研究
生育登记服务岗
计划生育协会干事
公司保障女职工孕期、产期、哺乳期权益
孕婴童产品经理，有经验者优先
孕妇装设计师
早孕试纸销售
妊娠纹护理产品研发，优先考虑化妆品专业
不要求已婚已育，欢迎应届生
招聘不询问婚育、不限性别
公司统一缴纳五险一金
报销培训费和差旅费
考证费用由公司报销
负责收取客户押金并开具收据
物业押金退还流程专员
按时缴纳社保
无需缴纳任何押金、服装费、培训费
严禁向求职者收取押金、培训费等费用
请警惕要求交押金、培训费的招聘信息
公司提供工装，免收服装费
需携带身份证、毕业证原件备查
请携带证件原件及复印件
提交学位证扫描件
负责档案和证件保管柜的销售
护照办理签证专员
收取快递，保管样品
证书挂靠一律拒绝
档案由人才中心代为保管
信用卡分期产品经理
消费分期风控模型
分期付款业务的会计核算
教育培训费用的成本核算会计
助学贷款政策宣传大使
提供住房贷款优惠
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
