"""What the words over a table's columns look like, in a sheet as in a Word table."""

from __future__ import annotations

import re

MOST_ROWS = 20_000  # rows read of one table that is a file of its own

# A cell of nothing but such a noun names a column, or a field of a form.
NAME = re.compile(
    r"(?!第[一二三四五六七八九十\d]).{0,12}(?:序号|编号|代码|姓名|名单|性别|民族|籍贯|学历|学位|出生年月|年龄|职务|职级|职称|岗位|单位|部门|支部|组织|时间|日期|时限|期限|"
    r"年度|年月|地点|地址|内容|名称|数|数量|人数|金额|合计|小计|比例|占比|率|标准|备注|项目|类别|类型|电话|手机|号码|号|证|情况|说明|措施|"
    r"责任人|方式|要求|事项|任务|问题|依据|指标|得分|分值|材料|步骤|阶段|条文|罪名|状态|身份|面貌|主题|议题|形式|简历|照片|结果)"
    r"(?:[（(].{1,10}[）)])?"
)
PERIOD = re.compile(
    r"(?:19|20)\d\d年?度?|\d{1,2}月份?|第?[一二三四1-4]季度|[上下]半年|(?:19|20)\d\d年\d{1,2}月"
)
FIGURE = re.compile(r"[\d.,%％年月日\-/:：元人次个万]+")
