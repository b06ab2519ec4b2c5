"""The scorer: its figures against counts done by hand, and what must hold for any extractions."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scored import (
    APPOINTMENT,
    DEPARTURE,
    DISMISSAL,
    EVENTS,
    HONOUR,
    PAST,
    RUMOUR,
    TEXT,
    event,
    extraction,
    extractions,
    gold,
    verdicts,
)
from touchline import CoachingEvent, evaluate, read_gold
from touchline.bootstrap import Draws, percentiles
from touchline.documents import Document
from touchline.errors import InvalidGold
from touchline.evaluation import SCORER
from touchline.figures import Evaluation
from touchline.gold import Gold, GoldArticle
from touchline.pairing import agreeing, pairs

if TYPE_CHECKING:
    import random

CORPUS = read_gold(Path(__file__).parent / "gold")
SOME = st.lists(st.sampled_from(EVENTS), max_size=8)


def changed(known: CoachingEvent, **fields: Any) -> CoachingEvent:
    """An event with some fields changed."""
    return CoachingEvent.model_validate({**known.model_dump(), **fields})


def scored(told: list[CoachingEvent] | tuple[CoachingEvent, ...]) -> Evaluation:
    """The evaluation of what was told of the one article that holds all events."""
    known = gold(EVENTS)
    return evaluate(known, extractions(known, told), resamples=10)


def figures(evaluation: Evaluation) -> dict[str, Any]:
    """All that an evaluation says, without the order in which events were told."""
    return evaluation.model_dump()


def test_the_gold_against_itself_is_one() -> None:
    """Every figure of the corpus against itself is 1, and nothing is missed or invented."""
    found = [extraction(article, article.events) for article in CORPUS.articles]
    evaluation = evaluate(CORPUS, found, resamples=50)

    for score in (evaluation.strict, evaluation.stated, evaluation.slots, evaluation.untyped):
        assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 1.0)
        assert score.f1_interval is None  # no draw differs, which tells nothing of others
    for groups in (evaluation.by_language, evaluation.by_type, evaluation.by_status):
        assert {group.strict.f1 for group in groups.values()} == {1.0}
        assert {group.slots.f1 for group in groups.values()} == {1.0}
    assert evaluation.dates.exact_of_all.rate == evaluation.dates.contained_of_all.rate == 1.0
    assert evaluation.evidence.slices.rate == evaluation.evidence.overlap.f1 == 1.0
    assert evaluation.exact_articles.rate == 1.0
    assert evaluation.duplicates == evaluation.dates.spurious == 0
    assert evaluation.strict.gold == evaluation.size.events == CORPUS.events
    outcomes = [item for article in evaluation.articles for item in article.outcomes]
    assert {(item.verdict, item.wrong) for item in outcomes} == {("found", ())}


def test_the_gold_against_nothing_is_zero() -> None:
    """Where nothing was found recall and F1 of the corpus are 0, and there is no precision."""
    evaluation = evaluate(
        CORPUS, [extraction(article, ()) for article in CORPUS.articles], resamples=50
    )

    for score in (evaluation.strict, evaluation.slots, evaluation.untyped):
        assert (score.precision, score.recall, score.f1) == (None, 0.0, 0.0)
    assert {group.strict.f1 for group in evaluation.by_type.values()} == {0.0}
    assert evaluation.dates.exact_of_all.rate == 0.0
    assert evaluation.dates.exact.rate is None
    assert evaluation.exact_articles.right == evaluation.size.without_events == 4
    assert evaluation.false_events.per_100 == 0.0


@given(st.permutations(EVENTS), SOME, st.randoms())
def test_the_order_of_events_never_matters(
    known: list[CoachingEvent], told: list[CoachingEvent], shuffle: random.Random
) -> None:
    """The same events in another order, on either side, give the same evaluation to the letter."""
    one = scored(told)
    again = gold(known)
    shuffled = list(told)
    shuffle.shuffle(shuffled)

    assert figures(one) == figures(evaluate(again, extractions(again, shuffled), resamples=10))


@given(SOME)
def test_any_answer_against_itself_is_one(told: list[CoachingEvent]) -> None:
    """Whatever events an article holds, duplicates too, they meet themselves in full."""
    known = gold(told)
    evaluation = evaluate(known, extractions(known, told), resamples=10)

    assert evaluation.strict.f1 == evaluation.slots.f1 == (1.0 if told else None)


@given(SOME)
def test_counts_add_up(told: list[CoachingEvent]) -> None:
    """Right never exceeds found or gold; parts add up to the whole; outcomes tell all events."""
    evaluation = scored(told)
    strict = evaluation.strict

    assert strict.right <= min(strict.found, strict.gold)
    assert strict.found == len(told)
    assert sum(group.strict.right for group in evaluation.by_type.values()) == strict.right
    assert sum(group.slots.right for group in evaluation.by_type.values()) == evaluation.slots.right
    assert sum(score.right for score in evaluation.by_field.values()) == evaluation.slots.right
    outcomes = evaluation.articles[0].outcomes
    assert sum(item.gold is not None for item in outcomes) == strict.gold
    assert sum(item.found is not None for item in outcomes) == strict.found
    assert sum(item.verdict == "found" for item in outcomes) == strict.right


@given(SOME, st.sampled_from(EVENTS))
def test_one_right_event_more_never_harms_recall(
    told: list[CoachingEvent], more: CoachingEvent
) -> None:
    """To find one event more is never worse in what was found."""
    assert scored([*told, more]).strict.right >= scored(told).strict.right


def test_figures_by_hand() -> None:
    """Two found, one of them under another role; one missed team; four missed; one invented."""
    told = [
        changed(DISMISSAL, role="assistant_coach"),
        APPOINTMENT,
        changed(PAST, team=None),
        event("retirement", "Sauro Bedin", "Bari", "Sauro Bedin"),
    ]
    evaluation = scored(told)

    assert verdicts(evaluation) == [
        ("missed", "honour", "Massimo Carrera"),
        ("missed", "departure", "Marco Castori"),
        ("missed", "appointment", "Sauro Bedin"),
        ("invented", "retirement", "Sauro Bedin"),
        ("near", "appointment", "Massimo Carrera"),
        ("found", "dismissal", "Fabrizio Castori"),
        ("found", "appointment", "Massimo Carrera"),
    ]
    assert (evaluation.strict.right, evaluation.strict.found, evaluation.strict.gold) == (2, 4, 6)
    assert (evaluation.strict.precision, evaluation.strict.recall) == (0.5, 2 / 6)
    assert evaluation.strict.f1 == pytest.approx(0.4)
    # Filled in the gold: 7 + 5 + 5 + 5 + 4 + 4; told: 7 + 5 + 4 + 4; right: 6 + 5 + 4.
    slots = evaluation.slots
    assert (slots.right, slots.found, slots.gold) == (15, 20, 30)
    assert evaluation.by_field["team"].right == 2
    assert evaluation.by_status["rumoured"].strict.recall == 0.0
    assert evaluation.exact_articles.rate == 0.0


TITLED = changed(DISMISSAL, role_title="tecnico", reason="il terzo ko di fila contro la Samp")
NEAR = [
    (DISMISSAL, {"person": "Castori"}, "found", ()),
    (DISMISSAL, {"person": "F. Castori", "team": "Ascoli Calcio 1898"}, "found", ()),
    (DISMISSAL, {"date": "2024-03"}, "found", ("date",)),
    (DISMISSAL, {"date": None}, "found", ("date",)),
    (DISMISSAL, {"status": "planned"}, "found", ("status",)),
    (DISMISSAL, {"replaced_by": None, "reason": "il ko"}, "found", ("replaced_by", "reason")),
    (TITLED, {"role_title": "Il TECNICO"}, "found", ()),
    (TITLED, {"role_title": "collaboratore tecnico"}, "found", ("role_title",)),
    (TITLED, {"role_title": "il"}, "found", ("role_title",)),
    (TITLED, {"reason": "il ko a Genova, il terzo di fila"}, "found", ()),
    (TITLED, {"reason": "ko contro la Samp"}, "found", ()),
    (TITLED, {"reason": "terzo"}, "found", ("reason",)),
    (TITLED, {"reason": "il"}, "found", ("reason",)),
    (TITLED, {"reason": TEXT}, "found", ("reason",)),
    (HONOUR, {"honour": "Supercoppa"}, "found", ()),
    (HONOUR, {"honour": "Supercoppa di Serie C"}, "found", ("honour",)),
    (DISMISSAL, {"person": "Marco Castori"}, "near", ("person",)),
    (DISMISSAL, {"team": None}, "near", ("team",)),
    (DISMISSAL, {"team": "Bari"}, "near", ("team",)),
]


@pytest.mark.parametrize(("known", "fields", "verdict", "wrong"), NEAR)
def test_what_counts_as_found(
    known: CoachingEvent, fields: dict[str, Any], verdict: str, wrong: tuple[str, ...]
) -> None:
    """Type, person and team decide; each other field is wrong by itself."""
    one = gold([known])
    outcome = evaluate(one, extractions(one, [changed(known, **fields)])).articles[0].outcomes

    assert [(item.verdict, item.wrong) for item in outcome] == [(verdict, wrong)]


def test_the_same_team_alone_pairs_nothing() -> None:
    """Two people of one club and one type are a missed and an invented event, not a wrong name."""
    other = event("dismissal", "Sauro Bedin", "Ascoli", "Sauro Bedin")
    known = gold([DISMISSAL])
    evaluation = evaluate(known, extractions(known, [other]))

    assert [verdict for verdict, _, _ in verdicts(evaluation)] == ["missed", "invented"]


def test_a_wrong_type_is_told_apart_from_a_miss() -> None:
    """Strictly both are misses; the run without the type shows which was told as something else."""
    known = gold([DISMISSAL, RUMOUR])
    told = changed(DISMISSAL, type="departure")
    evaluation = evaluate(known, extractions(known, [told]))

    assert (evaluation.strict.right, evaluation.untyped.right) == (0, 1)
    assert evaluation.types == {"dismissal": {"departure": 1}}
    missed = [item for item in evaluation.articles[0].outcomes if item.verdict == "missed"]
    assert [item.other_type for item in missed] == ["departure", None]


def test_any_type_is_paired_anew() -> None:
    """Person and team are enough, wherever they are told, and whatever was paired by type."""
    near, right = changed(DISMISSAL, team="Bari"), changed(DISMISSAL, type="departure")
    elsewhere = changed(RUMOUR, person="Fabrizio Castori", team="Ascoli", type="confirmation")
    for told, count in (([near], 0), ([near, right], 1), ([elsewhere], 1), ([right, right], 1)):
        known = gold([DISMISSAL])

        assert evaluate(known, extractions(known, told)).untyped.right == count


def test_the_status_counts_in_a_figure_of_its_own() -> None:
    """A rumour told as a fact is strictly right, and wrong where the status is wanted too."""
    told = [changed(known, status="confirmed") for known in EVENTS]
    evaluation = scored(told)

    assert (evaluation.strict.right, evaluation.stated.right) == (6, 5)
    assert (evaluation.stated.found, evaluation.stated.gold) == (6, 6)
    assert evaluation.articles[0].stated.right == 5


def test_a_surname_with_two_bearers_is_a_wrong_person() -> None:
    """Father and son at one club: the bare name proves neither of them, the full name does."""
    son = changed(DEPARTURE, type="dismissal")
    known = gold([DISMISSAL, son])
    bare = evaluate(known, extractions(known, [changed(DISMISSAL, person="Castori")]))
    full = evaluate(known, extractions(known, [changed(DISMISSAL, person="F. Castori")]))

    assert [verdict for verdict, _, _ in verdicts(bare)] == ["missed", "near"]
    assert bare.articles[0].outcomes[1].wrong == ("person",)
    assert full.strict.right == 1


def test_statuses_are_confused_within_pairs() -> None:
    """A rumour told as a fact is found, shows among the statuses, and counts in neither of them."""
    known = gold([RUMOUR, DISMISSAL])
    told = [changed(RUMOUR, status="confirmed"), DISMISSAL]
    evaluation = evaluate(known, extractions(known, told))

    assert evaluation.strict.f1 == 1.0
    assert evaluation.statuses == {"confirmed": {"confirmed": 1}, "rumoured": {"confirmed": 1}}
    assert evaluation.by_status["rumoured"].strict.f1 == 0.0
    assert evaluation.by_status["confirmed"].strict.precision == 0.5


def test_duplicates_cost_precision() -> None:
    """An event told twice is once found and once invented."""
    known = gold([DISMISSAL])
    evaluation = evaluate(known, extractions(known, [DISMISSAL, changed(DISMISSAL, date=None)]))

    assert evaluation.strict.precision == 0.5
    assert evaluation.duplicates == 1
    (found,) = [item for item in evaluation.articles[0].outcomes if item.verdict == "found"]
    assert found.found == DISMISSAL


def test_what_is_invented_twice_is_a_duplicate_too() -> None:
    """Three tellings of one event that is not in the gold are one invention and two duplicates."""
    known = gold([], [])
    told = [DISMISSAL, changed(DISMISSAL, date=None), DISMISSAL, RUMOUR]
    evaluation = evaluate(known, extractions(known, told, [DISMISSAL]))

    assert evaluation.duplicates == 2
    assert (evaluation.strict.found, evaluation.strict.precision) == (5, 0.0)


DATES = [
    ("2024-03-12", "2024-03-12", (1, 1, 0, 0)),
    ("2024-03-12", "2024-03", (0, 1, 0, 0)),
    ("2024", "2024-03-12", (0, 1, 0, 0)),
    ("2023/2024", "2024", (0, 1, 0, 0)),
    ("2024-03-12", "2024-03-13", (0, 0, 0, 0)),
    ("2024-03-12", None, (0, 0, 1, 0)),
    (None, "2024", (0, 0, 0, 1)),
]


@pytest.mark.parametrize(("wanted", "told", "counts"), DATES)
def test_dates(wanted: str | None, told: str | None, counts: tuple[int, ...]) -> None:
    """A date is exact, contained one way or the other, missing, spurious or wrong."""
    known = gold([changed(DISMISSAL, date=wanted)])
    dates = evaluate(known, extractions(known, [changed(DISMISSAL, date=told)])).dates

    assert counts == (dates.exact.right, dates.contained.right, dates.missing, dates.spurious)
    assert dates.exact.of == dates.exact_of_all.of == (wanted is not None)


def test_dates_of_missed_events_count_among_all() -> None:
    """Of the dated gold events found the date is right; of all of them half are."""
    known = gold([DISMISSAL, changed(RUMOUR, date="2024")])
    dates = evaluate(known, extractions(known, [DISMISSAL])).dates

    assert (dates.exact.rate, dates.exact_of_all.rate) == (1.0, 0.5)


def test_evidence_is_measured_apart() -> None:
    """A quote that is no slice shows, and costs nothing elsewhere; overlap counts code points."""
    whole, part = DEPARTURE.evidence[0], "Marco Castori"
    told = changed(
        DEPARTURE,
        evidence=[
            {"quote": part, "start": whole.start, "end": whole.start + len(part)},
            {"quote": "esonerata", "start": 20, "end": 29},
        ],
    )
    known = gold([DEPARTURE])
    evaluation = evaluate(known, extractions(known, [told]))

    assert evaluation.strict.f1 == 1.0
    assert (evaluation.evidence.slices.right, evaluation.evidence.slices.of) == (1, 2)
    overlap = evaluation.evidence.overlap
    assert (overlap.right, overlap.found, overlap.gold) == (13, 13 + 9, len(whole.quote))


def test_the_prefilter_is_measured_on_every_gold() -> None:
    """Its recall of articles with events, and its share of the others, whatever was extracted."""
    rain = Document("Pioggia su tutta la costa, temperature in calo.", id="rain", language="it")
    known = Gold((*gold(EVENTS).articles, GoldArticle(rain, ())))
    figures = evaluate(known, extractions(known, EVENTS, [])).prefilter
    read = [extraction(each, ()) for each in CORPUS.articles]
    whole = evaluate(CORPUS, read, resamples=50).prefilter

    assert (figures.let_through.right, figures.let_through.of) == (1, 1)
    assert (figures.ruled_out.right, figures.ruled_out.of) == (1, 1)
    assert (whole.let_through.rate, whole.let_through.of) == (1.0, 24)


def test_false_events_are_counted_on_documents_without_events() -> None:
    """Three on two documents that tell none are 150 for 100; other inventions do not count."""
    known = gold(EVENTS, [], [])
    found = extractions(known, [*EVENTS, DISMISSAL], [DISMISSAL, RUMOUR], [PAST])
    false = evaluate(known, found).false_events

    assert (false.documents, false.events, false.per_100) == (2, 3, 150.0)
    assert evaluate(gold(EVENTS), extractions(gold(EVENTS), EVENTS)).false_events.per_100 is None


def test_a_failed_article_is_one_without_events() -> None:
    """It lowers recall, shows in the run, and does not count among those with a re-ask."""
    known = gold([DISMISSAL], [APPOINTMENT])
    found = [
        extraction(known.articles[0], [DISMISSAL], attempts=3, seconds=2.0),
        extraction(known.articles[1], [], state="failed", reason="refused", attempts=0),
    ]
    evaluation = evaluate(known, found)
    run = evaluation.run

    assert (evaluation.strict.precision, evaluation.strict.recall) == (1.0, 0.5)
    assert run.states == {"done": 1, "failed": 1}
    assert run.reasons == {"refused": 1}
    assert (run.failed.rate, run.reasks, run.seconds, run.seconds_median) == (0.5, 2.0, 2.0, 1.0)


def test_the_signature_names_what_the_figures_belong_to() -> None:
    """Prompt, schema, model, gold and scorer; several models show, unsent articles do not."""
    known = gold([DISMISSAL], [], [])
    found = [
        extraction(known.articles[0], [DISMISSAL], model="b"),
        extraction(known.articles[1], [], model="a"),
        extraction(
            known.articles[2], [], model=None, prompt=None, schema_fingerprint=None, state="skipped"
        ),
    ]
    signature = evaluate(known, found).signature

    assert str(signature) == (
        f"prompt:11111111 schema:22222222 model:a+b gold:{known.digest} scorer:{SCORER}"
    )
    assert re.fullmatch(r"2\.[0-9a-f]{6}", SCORER)


def test_an_evaluation_is_json() -> None:
    """Written as JSON and read back it is the same value."""
    evaluation = scored([DISMISSAL, changed(PAST, team=None), RUMOUR])

    assert Evaluation.model_validate_json(evaluation.model_dump_json()) == evaluation


def test_intervals_are_repeatable_and_hold_the_figure() -> None:
    """The same seed gives the same interval, another one does not; the figure lies within."""
    known = gold(*([EVENTS, EVENTS[:3], []] * 4))
    found = extractions(known, *([EVENTS[:4], EVENTS[:3], [RUMOUR]] * 4))
    one, again = (evaluate(known, found, resamples=400) for _ in range(2))
    other = evaluate(known, found, resamples=400, seed=1)

    assert one.strict.f1 is not None
    assert one.strict.f1_interval is not None
    low, high = one.strict.f1_interval
    assert one.strict.f1_interval == again.strict.f1_interval
    assert one.strict != other.strict
    assert low < one.strict.f1 < high


def test_a_single_article_has_no_interval() -> None:
    """What one article alone holds varies by nothing that could be drawn, shares neither."""
    known = gold(EVENTS, [])
    alone = evaluate(known, extractions(known, [changed(DISMISSAL, date="2023"), RUMOUR], []))

    assert scored([DISMISSAL]).strict.f1_interval is None
    assert scored([DISMISSAL]).exact_articles.interval is None
    assert alone.dates.exact.interval is alone.prefilter.let_through.interval is None
    assert alone.exact_articles.interval == (0.0, 1.0)


def test_nothing_found_is_no_precision_in_any_draw() -> None:
    """Where the one article with an answer is not drawn there is no precision; F1 is 0 there."""
    known = gold(*[EVENTS] * 28)
    few = evaluate(known, extractions(known, EVENTS, *[[]] * 27), resamples=200).strict
    none = evaluate(known, extractions(known, *[[]] * 28), resamples=200).strict

    assert (few.precision, few.precision_interval) == (1.0, None)
    assert few.f1_interval is not None
    assert few.f1_interval[0] == 0.0
    assert (none.precision, none.recall, none.f1, none.f1_interval) == (None, 0.0, 0.0, None)


def test_precision_and_recall_have_their_own_intervals() -> None:
    """Where all that was found is right recall alone varies, and the other way round."""
    known = gold(*[EVENTS, EVENTS[:2]] * 4)
    less = evaluate(known, extractions(known, *[EVENTS[:2], EVENTS[:2]] * 4), resamples=200)
    told = [[*EVENTS, DISMISSAL], EVENTS[:2]] * 4
    more = evaluate(known, extractions(known, *told), resamples=200)

    assert (less.strict.precision, less.strict.precision_interval) == (1.0, None)
    assert (less.strict.recall, more.strict.recall) == (0.5, 1.0)
    assert less.strict.recall_interval is not None
    assert less.strict.recall_interval[0] < 0.5 < less.strict.recall_interval[1]
    assert more.strict.recall_interval is None
    assert more.strict.precision_interval is not None
    assert less.by_type["honour"].strict.recall == 0.0
    assert less.by_type["honour"].strict.precision is None
    assert less.by_field["honour"].found == 0


def test_an_article_is_all_right_if_nothing_is_missed_or_invented() -> None:
    """One that is missed, one that is invented, one that is wrong: each spoils its article."""
    known = gold(EVENTS, EVENTS, EVENTS, EVENTS, [], [])
    wrong = [changed(DISMISSAL, team="Bari"), *EVENTS[1:]]
    told: list[list[CoachingEvent]] = [
        [*EVENTS],
        [*EVENTS[1:]],
        [*EVENTS, HONOUR],
        wrong,
        [],
        [RUMOUR],
    ]
    evaluation = evaluate(known, extractions(known, *told))

    assert [article.exact for article in evaluation.articles] == [
        True,
        False,
        False,
        False,
        True,
        False,
    ]
    assert evaluation.exact_articles.right == 2


def test_an_interval_holds_the_middle_95_in_100() -> None:
    """Of the numbers from 0 to 100, in any order, those from 2 to 98; equal ones have none."""
    numbers = [float(number) for number in range(101)]

    assert percentiles(numbers) == percentiles(numbers[::-1]) == (2.0, 98.0)
    assert percentiles([None, *numbers]) == (2.0, 98.0)
    assert percentiles([0.1 + 0.2, 0.3]) is None


def test_draws_are_of_whole_documents() -> None:
    """Each draw sums as many documents as there are, one document included."""
    assert set(Draws(1, count=5).sums([7])) == {7}
    assert set(Draws(4, count=50).sums([1, 1, 1, 1])) == {4}
    assert Draws(0, count=5).sums([]) == []
    assert percentiles([]) is None


@pytest.mark.parametrize(
    ("found", "message"),
    [
        (lambda known: extractions(known, EVENTS, [])[:1], "no extraction of `a1`"),
        (lambda known: [*extractions(known, EVENTS, [])] * 2, "`a0` has two extractions"),
    ],
)
def test_each_article_needs_its_extraction(found: Any, message: str) -> None:
    """A missing or a second extraction is an error: the figure would be of another gold."""
    known = gold(EVENTS, [])

    with pytest.raises(InvalidGold, match=message):
        evaluate(known, found(known))


def test_an_extraction_of_another_text_is_refused() -> None:
    """Its offsets would count in another text."""
    known = gold(EVENTS)
    (found,) = extractions(known, EVENTS)
    other = found.document.model_copy(update={"sha256": "0" * 64})

    with pytest.raises(InvalidGold, match="another text"):
        evaluate(known, [found.model_copy(update={"document": other})])


def test_other_articles_do_not_count() -> None:
    """Extractions of articles that the gold does not have are left aside."""
    small, large = gold(EVENTS), gold(EVENTS, EVENTS)

    assert evaluate(small, extractions(large, EVENTS, EVENTS)).strict.found == len(EVENTS)


def test_pairing_takes_the_most_similar_of_like_events() -> None:
    """Two honours of one person at one club go to the gold's honour of that name, each."""
    cup = changed(HONOUR, honour="la Coppa")

    assert pairs([HONOUR, cup], [cup, HONOUR]) == [(0, 1), (1, 0)]
    assert "honour" not in agreeing(HONOUR, cup)


def test_a_large_gold_is_scored_quickly() -> None:
    """The corpus takes well under the two seconds that an impatient person grants."""
    found = [extraction(article, article.events) for article in CORPUS.articles]
    started = time.process_time()
    evaluate(CORPUS, found)

    assert time.process_time() - started < 4.0  # 0.5 on the machine it was written on
