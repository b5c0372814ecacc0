"""Chinese surnames, once for all who look for names; each takes what its own caution allows."""

from __future__ import annotations

COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭高林罗郑梁谢宋唐许韩冯邓曹彭曾田董袁潘蒋蔡余杜叶程苏魏吕丁沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方"
    "白邹孟熊秦邱江尹薛段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤温康施文牛樊葛邢齐易乔伍庞颜倪庄聂章鲁岳殷詹申欧耿关焦俞左柳祝"
    "包宁尚符舒阮柯纪梅凌毕季裴霍苗曲翁冉骆蓝路游靳"
)
RARE = (
    "褚卫尤华戚喻柏窦郎酆鲍费滕邬乐傅穆萧湛祁狄臧屈闵席娄刁虞解郁洪吉荣荀惠甄封仰秋仲伊仇景司邰蒲卓池雍璩桑桂燕晏柴瞿阎习容古匡寇"
    "巩敖冷饶佘佟"
)
# Surnames, too, for which a question is not searched: running text has most of them in words (于, 任期, 安排, 成立).
IN_WORDS = "何肖于任付闫覃安翟兰甘童单涂成谷盛辛阳"
DOUBLE = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯")
