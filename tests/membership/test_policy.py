from membership.policy import Action, may


def test_officer_reaches_own_unit_and_below_only(standing):
    assert may(standing.dung, Action.REVIEW, standing.chapter)
    assert may(standing.dung, Action.REVIEW, standing.association)
    assert not may(standing.dung, Action.REVIEW, standing.commune)
    assert not may(standing.dung, Action.REVIEW, standing.foreign_chapter)
