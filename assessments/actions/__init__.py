"""The only doors that write here: the bank, and an attempt from start to end."""

from assessments.actions.answering import Given, Saved, answer, answer_all
from assessments.actions.bank import delete_question, restore_question, retire_question, save_question
from assessments.actions.erasing import erase_attempts
from assessments.actions.finishing import finish
from assessments.actions.setting_up import set_up_bank
from assessments.actions.starting import start
from assessments.kinds import body_from_plain

__all__ = [
    "Given",
    "Saved",
    "answer",
    "answer_all",
    "body_from_plain",
    "delete_question",
    "erase_attempts",
    "finish",
    "restore_question",
    "retire_question",
    "save_question",
    "set_up_bank",
    "start",
]
