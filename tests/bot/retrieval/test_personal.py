"""What is asked of persons tells a name from a word that begins like one: 石家庄的支部怎么换届 names nobody."""

from __future__ import annotations

import pytest

from bot.retrieval.persons import persons_in, terms_in

THINGS = """
高温天 高血压 高科技 高强度 高质量 高标准 高压线 高铁站 高速路 高原红 高层次 高水平 高效率 高龄人 高清晰 金银器 金融业 金刚石 金字塔 金色光
金丝猴 金三角 金牌榜 江河湖 江南岸 江心岛 江豚群 江湖气 白皮书 白名单 白血病 白手套 白内障 白纸黑 白杨树 白眼狼 温暖金 温度计 温室气 温泉水
温馨感 龙头山 龙门石 龙井茶 龙舟赛 龙卷风 宋体字 宋词选 宋庄画 向心力 向日葵 向阳花 方向盘 方程式 方便面 方块字 方言片 黄皮书 黄土坡 黄河水
黄金周 黄昏恋 黄梅戏 黄油饼 马拉松 马铃薯 马蜂窝 马后炮 马尾辫 牛皮癣 牛仔裤 牛黄丸 牛郎星 石灰石 石榴籽 石油气 石英钟 石头城 石板路 石刻像
柳树林 柳絮飞 梅花桩 梅雨天 梅兰竹 林荫道 林草湿 林浆纸 林木采 叶绿素 叶酸片 夏令营 夏至日 夏收粮 秋收粮 秋老虎 秋粮款 秋海棠 冷空气 冷冻食
冷藏车 冷暴力 冷饮料 雷阵雨 雷达站 雷锋岗 雷管药 孔雀蓝 孔庙碑 车轮战 毛细血 毛巾被 毛皮货 毛坯料 毛竹林 毛泽东 皮卡车 水利渠 汤药费 汤圆馅
鱼塘承 麦田守 花名册 谷雨茶 米粉汤 钟乳石 钟表店 钟声响 钟鼓楼 乐器行 乐山佛 祝福语 祝贺信 安乐死 邮政编 康养地 康复科 平安里 严守者 严打期
陶瓷器 陶艺课 陶土坑 古建筑 古树木 古诗词 古文字 古玩城 古迹碑 全家福 容积率 容错纠 文化馆 文明城 文艺兵 文旅局 文物法 文言文 文书档 文件柜
习惯法 习题集 习作簿 易拉罐 易燃品 易碎品 易耗品 尚方剑 尚书房 池塘水 池盐矿 童话书 葛根粉 葛布衣 席梦思 纪念碑 纪念册 纪录片 纪念章 路灯杆
路由器 路演厅 路面坑 路长制 娄山关 焦点图 焦炭炉 焦裕禄 侯鸟迁 段落号 段子手 桂花糕 桑蚕丝 桑树皮 桑葚酒 燕麦粥 燕窝汤 曲线图 曲艺团 曲阜城
左撇子 左邻右 管弦乐 匡算数 寇准戏 连环画 丁字尺 丁香花 万花筒 万年青 万里路 万全策 万能胶 单身狗 鲁迅文 鲁菜馆 鲁班锁 史志馆 史诗剧 史料集
费率表 费孝通 凤凰山 穆桂英 岳麓山 岳阳楼 关帝庙 甘薯干 甘草片 苗绣坊 苗圃地 苗族服 蓝天白 蓝皮书 余热水 余粮户 余震波 何首乌 施肥器 施耐庵
"""
PLACES = """
石家庄 张家口 张家界 张家港 马鞍山 葫芦岛 秦皇岛 温岭市 江阴港 黄石港 黄山脚 龙岩城 白城子 白沙洲 白云山 白洋淀 梅里雪 雷州湾 郑东湖 曹妃甸
邯郸城 万宁湾 万州港 古田溪 武夷山 武当山 吴家堡 周家沟 郭家屯 宋家寨 杨家坝 韩家桥 陈家峡 黄河口 孟良崮 沈家门 崔各庄 田家庵 曲江池 秦淮河
"""
FAMOUS = """
毛泽东 焦裕禄 孔繁森 雷锋叔 王进喜 黄继光 董存瑞 邱少云 刘胡兰 钱学森 邓稼先 李大钊 周恩来 邓小平 陈独秀 方志敏 杨靖宇 赵一曼 张思德 白求恩
郭明义 黄大年 黄文秀 张桂梅 谷文昌 王继才 李保国 杜富国 袁隆平 王阳明 诸葛亮 司马迁 马克思 李时珍 文天祥 林则徐 曹雪芹 吴承恩 罗贯中 岳家军
"""
GROUPS = ["解放军", "高中生", "高职生", "包工头", "施工队", "钟点工", "石油工", "石家庄", "张家口", "石化厂"]
ASKED = (
    "{}的支部怎么换届？",
    "{}的精神是什么？",
    "{}的著作要学吗？",
    "{}的入党流程",
    "{}能停工吗",
    "{}有什么规定？",
    "{}的费用怎么报销",
    "{}要交给谁",
    "{}什么时候开始",
    "{}在哪里",
    "{}和解放军，谁先",
    "关于{}的规定是什么？",
)
ASKED_OF_PERSONS = (
    "{}每月交多少党费",
    "{}欠多少党费",
    "{}欠几个月",
    "{}的入党时间",
    "{}的入党时间是哪天？",
    "{}什么时候转正？",
    "{}是哪年入的党",
    "{}的电话是多少",
    "{}的身份证号",
    "{}是谁？",
    "{}在哪个支部",
    "{}是不是党员",
    "{}今年交没交党费",
    "{}今年已经交了多少党费？",
    "{}的党费交到几月了",
    "{}2025年交了多少党费",
    "{}转正了吗",
    "{}的入党介绍人是谁",
    "{}受过处分吗",
    "{}书记分管什么",
    "{}同志的精神是什么",
    "请问{}党龄多少年",
    "查一下{}的党费交了没",
)
WORDS = (*THINGS.split(), *PLACES.split(), *FAMOUS.split())


def test_words_places_and_the_famous_are_nobody_who_is_asked_after() -> None:
    """None of over 200, in a dozen questions each, is surely a person of the documents."""
    assert len(set(WORDS)) >= 200
    asked = [question.format(word) for word in WORDS for question in ASKED]
    assert [one for one in asked if any(is_sure for _, is_sure in persons_in(one))] == []


@pytest.mark.parametrize("word", GROUPS)
def test_groups_and_places_pay_and_have_telephones_too(word: str) -> None:
    asked = [question.format(word) for question in ASKED_OF_PERSONS if "同志" not in question]
    assert [one for one in asked if any(is_sure for _, is_sure in persons_in(one))] == []


@pytest.mark.parametrize("name", ["王小虚", "李虚构", "欧阳示范", "张建军", "孙大海", "高文秀", "石金生"])
@pytest.mark.parametrize("question", ASKED_OF_PERSONS)
def test_who_is_asked_what_is_asked_of_persons_is_one(question: str, name: str) -> None:
    assert (name, True) in persons_in(question.format(name))


@pytest.mark.parametrize("title", ["同志", "书记", "主任", "委员", "老师", "主席", "这个人"])
def test_a_title_tells_short_names_too(title: str) -> None:
    assert persons_in(f"王伟{title}的意见是什么") == (("王伟", True),)


@pytest.mark.parametrize(
    "question", ["卫生院长由谁任命", "温泉镇长的任期", "高中老师怎么入党", "司法主任的职责"]
)
def test_words_stand_before_titles_too(question: str) -> None:
    assert not [name for name, is_sure in persons_in(question) if is_sure]


def test_who_is_joined_to_a_person_is_one() -> None:
    assert persons_in("陈小试和王小虚每月交多少党费") == (("陈小试", True), ("王小虚", True))


def test_what_may_be_a_name_still_finds_its_rows() -> None:
    assert terms_in("焦裕禄的精神是什么？") == ("焦裕禄",)


@pytest.mark.parametrize("word", ["应该", "需要", "的"])
def test_a_word_said_two_hundred_times_is_over_at_once(word: str) -> None:
    """应该 is one word or two; read both ways, twenty of them took a second and each further one doubled it."""
    assert persons_in(f"王小虚{word * 200}怎么办") is not None
