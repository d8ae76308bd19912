"""A small report in our own words, of a county that doesn't exist, for the tests of asking."""

from __future__ import annotations

from pathlib import Path

from qa import Bot, parse_report
from qa.bot import make_index
from qa.encode import open_encoder

NAME = "云水县2024.md"
TEXT = """# 云水县2024年政府工作报告

各位代表：现在，我代表县人民政府，向大会报告工作。

## 一、2024年工作回顾

### （一）经济运行稳中向好

2024年，全县地区生产总值达到312.6亿元，同比增长6.1%。一般公共预算收入完成18.4亿元，增长5.2%；税收收入占比达到71.3%。城镇居民和农村居民人均可支配收入分别增长4.6%、6.8%。社会消费品零售总额突破96亿元。居民消费价格上涨0.4%。

粮食产量预计完成24.7万吨，茶叶产量1.26万吨，分别增长1.2%、9.5%。规模以上工业企业由86家增至103家，工业用电量下降2.3%。经济总量居全市第三位。

### （二）城乡面貌持续改善

全年改造老旧小区47个，惠及居民3200余户。新建口袋公园12个，新增停车泊位1850个。建成云河大桥，总投资2.4亿元。森林覆盖率提高到58.6%，空气优良天数比例达96.2%，比上年提高1.3个百分点。

### （三）民生保障更加有力

新建学校5所，新增学位4100个；县医院成功创建三级甲等医院。城镇新增就业6300人，完成全年任务的105%。全省首个银龄食堂在桥头镇投入使用，老年人每餐补贴3元。

## 二、2025年工作安排

今年的主要预期目标是：地区生产总值增长6.5%左右，一般公共预算收入增长5%，城镇新增就业6000人以上，粮食产量稳定在25万吨。

改造老旧小区30个，新建幼儿园4所。力争年底前建成云西水厂，日供水能力5万吨。
"""


def open_bot(folder: Path) -> Bot:
    """A bot that has read the report from a file, with the bundled encoder."""
    path = folder / NAME
    path.write_text(TEXT, encoding="utf-8")
    return Bot.from_report(path)


def bot_of(text: str) -> Bot:
    """A bot that has read nothing but this text, which speaks of 云水县 in 2024."""
    report = parse_report(f"# 云水县报告\n\n{text}\n", "云水", place="云水县", year=2024)
    return Bot(make_index([report], open_encoder()))


def stated(bot: Bot, question: str, *history: str) -> list[str]:
    """The figures of the bot's answer, as printed."""
    return [figure.text for figure in bot.ask(question, history).figures]
