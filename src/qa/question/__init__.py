"""What is asked: the words of a question taken apart into the slots that a figure has.

No word of a report is needed for it; the history gives what a question leaves out.
"""

from qa.question.cues import asked_of_itself, says
from qa.question.parse import parse
from qa.question.slots import Ask, Form, Question, Term
from qa.question.terms import is_english, official, pairs, terms_of
from qa.question.wanted import is_from_to

__all__ = [
    "Ask",
    "Form",
    "Question",
    "Term",
    "asked_of_itself",
    "is_english",
    "is_from_to",
    "official",
    "pairs",
    "parse",
    "says",
    "terms_of",
]
