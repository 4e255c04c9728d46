"""How far work is, as pages show it."""

from work.progress import Progress, progress_of, tell


def test_nothing_told_is_nothing_done():
    assert progress_of("a") == Progress(0, 0)
    assert progress_of("a").percent is None


def test_what_is_told_is_read_under_its_own_name():
    tell("a", 3, 0)
    tell("b", 1, 4)
    assert (progress_of("a"), progress_of("a").percent) == (Progress(3, 0), None)
    assert (progress_of("b"), progress_of("b").percent) == (Progress(1, 4), 25)


def test_a_hundredth_is_told_once():
    for done in range(1000):
        tell("a", done, 100_000)
    assert progress_of("a").done == 0
    tell("a", 1000, 100_000)
    assert progress_of("a") == Progress(1000, 100_000)
