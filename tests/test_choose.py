"""Which figures answer, and which slot fails where none does."""

from __future__ import annotations

import pytest

from qa import Bot
from qa.choose import Choice
from yunshui import bot_of, open_bot


@pytest.fixture(scope="module")
def bot(tmp_path_factory: pytest.TempPathFactory) -> Bot:
    return open_bot(tmp_path_factory.mktemp("report"))


def choose(bot: Bot, question: str) -> Choice:
    (choice, *_), _ = bot.chooser.decide(bot.parse(question))
    return choice


def printed(bot: Bot, question: str) -> list[str]:
    return [figure.text for figure in bot.ask(question).figures]


def missing(bot: Bot, question: str) -> tuple[str, str | None]:
    """The slot that fails, and the nearest figure as printed."""
    found = choose(bot, question).missing
    assert found is not None, "an answer was found"
    return found.slot, found.nearest.text if found.nearest else None


# ---- what answers ----


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("地区生产总值是多少？", "312.6亿元"),
        ("地区生产总值增长了多少？", "6.1%"),
        ("GDP增速", "6.1%"),
        ("一般公共预算收入完成多少亿元？", "18.4亿元"),
        ("一般公共预算收入的增幅？", "5.2%"),
        ("税收收入占比是多少？", "71.3%"),
        ("粮食产量有多少万吨？", "24.7万吨"),
        ("工业用电量降了多少？", "2.3%"),
        ("规模以上工业企业有多少家？", "103家"),
        ("改造了多少个老旧小区？", "47个"),
        ("老旧小区改造惠及多少户？", "3200余户"),
        ("新增学位多少个？", "4100个"),
        ("云河大桥总投资多少？", "2.4亿元"),
        ("森林覆盖率是多少？", "58.6%"),
        ("老年人每餐补贴多少钱？", "3元"),
    ],
)
def test_the_figure_that_fits_every_slot_answers(bot: Bot, question: str, figure: str) -> None:
    assert printed(bot, question) == [figure]


@pytest.mark.parametrize(
    ("question", "figure"),
    [("城镇居民收入增长多少？", "4.6%"), ("农村居民收入增长多少？", "6.8%")],
)
def test_one_of_a_pair_never_answers_for_the_other(bot: Bot, question: str, figure: str) -> None:
    assert printed(bot, question) == [figure]


def test_each_of_two_clauses_has_its_own_growth(bot: Bot) -> None:
    assert printed(bot, "茶叶产量增长了多少？") == ["9.5%"]


def test_where_no_target_is_asked_for_the_result_answers(bot: Bot) -> None:
    assert printed(bot, "地区生产总值增长多少？") == ["6.1%"]


def test_the_name_of_the_reports_place_takes_nothing_away(bot: Bot) -> None:
    assert printed(bot, "云水县森林覆盖率是多少？") == ["58.6%"]


def test_a_rank_answers_where_the_report_gives_it(bot: Bot) -> None:
    assert printed(bot, "经济总量排第几？") == ["第三位"]


def test_the_reports_own_place_may_be_named(bot: Bot) -> None:
    assert printed(bot, "云水县的粮食产量是多少？") == printed(bot, "粮食产量是多少？")


def test_a_name_is_answered_by_its_sentence(bot: Bot) -> None:
    choice = choose(bot, "哪个镇有银龄食堂？")
    assert choice.figures == ()
    assert "桥头镇" in choice.passages[0].text


# ---- measure ----


def test_a_growth_never_answers_a_level() -> None:
    bot = bot_of("全县茶叶产量增长9.5%，居民收入增长6%。")
    assert missing(bot, "茶叶产量是多少万吨？") == ("measure", "9.5%")


def test_a_level_never_answers_a_growth() -> None:
    bot = bot_of("全县茶叶产量1.26万吨。")
    assert missing(bot, "茶叶产量增长了多少？") == ("measure", "1.26万吨")


@pytest.mark.parametrize(
    ("question", "nearest"),
    [
        ("口袋公园增长了百分之多少？", "12个"),
        ("口袋公园有多少公里？", "12个"),
        ("森林覆盖率排第几？", "58.6%"),
        ("学位占比是多少？", "4100个"),
    ],
)
def test_another_measure_or_unit_never_answers(bot: Bot, question: str, nearest: str) -> None:
    assert missing(bot, question) == ("measure", nearest)


# ---- target and result ----


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("今年计划改造多少个老旧小区？", "30个"),
        ("去年改造了多少个老旧小区？", "47个"),
        ("今年粮食产量的目标是多少？", "25万吨"),
        ("去年粮食产量是多少？", "24.7万吨"),
        ("今年新增就业的目标是多少人？", "6000人"),
        ("去年城镇新增就业多少人？", "6300人"),
        ("2025年地区生产总值的增长目标是多少？", "6.5%"),
        ("2024年地区生产总值增长多少？", "6.1%"),
    ],
)
def test_a_target_and_a_result_are_told_apart(bot: Bot, question: str, figure: str) -> None:
    assert printed(bot, question) == [figure]


def test_a_target_never_answers_for_what_was_done(bot: Bot) -> None:
    assert missing(bot, "去年新建幼儿园几所？") == ("period", "4所")


def test_a_result_never_answers_for_the_year_to_come(bot: Bot) -> None:
    assert missing(bot, "今年新增停车泊位多少个？") == ("period", "1850个")


def test_a_result_never_answers_for_a_target(bot: Bot) -> None:
    assert printed(bot, "去年一般公共预算收入的目标是多少？") == []


# ---- period and place ----


@pytest.mark.parametrize(
    "question",
    [
        "2023年地区生产总值是多少？",
        "2030年地区生产总值是多少？",
        "“十三五”末地区生产总值是多少？",
    ],
)
def test_another_year_never_answers(bot: Bot, question: str) -> None:
    assert missing(bot, question) == ("period", "312.6亿元")


@pytest.mark.parametrize(
    "question",
    [
        "青海省的地区生产总值是多少？",
        "兰州的地区生产总值是多少？",
        "云山县的地区生产总值是多少？",
        "全国的地区生产总值是多少？",
        "全省地区生产总值是多少？",
    ],
)
def test_another_place_never_answers(bot: Bot, question: str) -> None:
    assert missing(bot, question) == ("scope", "312.6亿元")


@pytest.mark.parametrize(
    ("question", "figure"),
    [
        ("去年粮食产量是多少？", "24万吨"),
        ("2022年粮食产量是多少？", "23万吨"),
        ("2030年粮食产量的目标是多少？", "27万吨"),
        ("“十五五”末粮食产量的目标是多少？", "27万吨"),
        ("粮食产量的目标是多少？", "27万吨"),
    ],
)
def test_of_several_years_the_one_asked_for_answers(question: str, figure: str) -> None:
    bot = bot_of("2022年粮食产量23万吨。2024年粮食产量24万吨。到2030年，粮食产量达到27万吨。")
    assert printed(bot, question) == [figure]


def test_before_and_after_of_one_clause_are_told_apart(bot: Bot) -> None:
    before, after = choose(bot, "规模以上工业企业增加了多少家？").figures
    assert (before.text, before.period) == ("86家", "此前")
    assert (after.text, after.period) == ("103家", "2024年")


# ---- nothing like it ----


@pytest.mark.parametrize(
    "question",
    [
        "高铁里程是多少公里？",
        "第二产业增加值的增速",
        "进口额是多少？",
        "火星上有多少人？",
        "谁是市长？",
    ],
)
def test_what_the_report_doesnt_speak_of_is_not_found(bot: Bot, question: str) -> None:
    assert missing(bot, question) == ("indicator", None)


@pytest.mark.parametrize("question", ["", "？", "多少", "是多少呢"])
def test_a_question_without_a_word_finds_nothing(bot: Bot, question: str) -> None:
    assert bot.ask(question).status == "not_found"


ONE_WORD = pytest.mark.xfail(strict=False, reason="a neighbour that differs by one word is given")


@pytest.mark.parametrize(
    ("question", "printed_for_another"),
    [
        ("全县人均地区生产总值是多少？", "312.6亿元"),
        ("一般公共预算支出是多少？", "18.4亿元"),
        pytest.param("茶叶产值是多少？", "1.26万吨", marks=ONE_WORD),
        ("农村新增就业多少人？", "6300人"),
        pytest.param("新建中学几所？", "5所", marks=ONE_WORD),
        pytest.param("民办学校新建几所？", "5所", marks=ONE_WORD),
        pytest.param("新建停车场多少个？", "1850个", marks=ONE_WORD),
    ],
)
def test_what_differs_by_one_word_is_another_thing(
    bot: Bot, question: str, printed_for_another: str
) -> None:
    assert printed_for_another not in printed(bot, question)


@pytest.mark.parametrize(
    "question",
    [
        "GDP能耗是多少？",
        "第一产业增加值是多少？",
        "城镇居民人均消费支出是多少？",
        "县医院新增床位多少张？",
    ],
)
def test_what_shares_a_few_words_with_the_report_is_not_found(bot: Bot, question: str) -> None:
    assert printed(bot, question) == []


@pytest.mark.xfail(strict=False, reason="a growth of the same firms' output is given")
def test_how_far_a_count_came_is_no_growth_of_something_else(bot: Bot) -> None:
    assert set(printed(bot, "规上工业企业多了多少？")) <= {"86家", "103家"}


# ---- order, lists ----


def test_candidates_come_best_first_and_equals_by_position(bot: Bot) -> None:
    found = choose(bot, "老旧小区改造了多少个？").candidates
    keys = [(-c.score, c.figure.report, c.figure.start) for c in found]
    assert keys == sorted(keys)


def test_twice_the_same_sentence_is_answered_by_the_first() -> None:
    bot = bot_of("粮食产量24万吨。\n\n全县工作有序推进。\n\n粮食产量24万吨。")
    (figure,) = choose(bot, "粮食产量是多少？").figures
    assert figure.start == min(f.start for f in bot.ledger())


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("老旧小区有哪些数字？", ["47个", "30个"]),
        ("就业的所有数字", ["6300人", "6000人"]),
    ],
)
def test_a_list_has_all_figures_of_the_matter_in_the_order_of_the_text(
    bot: Bot, question: str, figures: list[str]
) -> None:
    assert printed(bot, question) == figures


def test_a_list_on_a_section_has_the_figures_under_its_heading(bot: Bot) -> None:
    assert "5所" in printed(bot, "民生保障方面有哪些数字？")
