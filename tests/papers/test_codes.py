import re

from papers.codes import canonical, new_code


def test_code_has_twelve_signs_in_three_groups_without_look_alikes():
    code = new_code()
    assert re.fullmatch(r"[2-9A-Y]{4}-[2-9A-Y]{4}-[2-9A-Y]{4}", code)
    assert not set(code) & set("0ODQ1ILJZSGBVW")


def test_codes_differ():
    assert len({new_code() for _time in range(200)}) == 200


def test_typed_in_small_letters_without_dashes_or_with_blanks_is_the_same_code():
    assert canonical("k7mn3hpcxa4t") == canonical(" K7MN 3HPC XA4T ") == canonical("k7mn-3hpc–xa4t") == "K7MN-3HPC-XA4T"


def test_nonsense_is_no_code():
    assert canonical("…/--") == ""
    assert len(canonical("A" * 5000)) < 80
