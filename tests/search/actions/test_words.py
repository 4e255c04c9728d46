import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from search.actions import load_terms, save_terms, words
from search.dictionary import dictionary
from search.models import TermGroup


def save(user, terms, **fields):
    return save_terms(group=TermGroup(terms=terms, **fields), by=user, at=timezone.now())


def test_a_trainer_adds_terms_and_the_log_says_so(standing):
    group = save(standing.binh, " giấy khen \n\nGK\nGK")
    assert group.lines() == ["giấy khen", "GK"]
    assert ModelLogEntry.objects.filter(action="search.save_terms", user=standing.binh).count() == 1


def test_others_are_refused(standing):
    with pytest.raises(PermissionDenied):
        save(standing.an, "giấy khen")


def test_terms_without_a_word_are_refused(standing):
    with pytest.raises(ValidationError):
        save(standing.binh, "?!\n ")


@pytest.fixture
def shipped(monkeypatch):
    """Ships these groups in the place of the real ones."""

    def ship(*groups):
        monkeypatch.setattr(words, "shipped_groups", lambda: list(map(list, groups)))
        monkeypatch.setattr(words, "shipped_optional", list)
        return load_terms(by=None, at=timezone.now())

    return ship


def terms():
    return {tuple(row.lines()) for row in TermGroup.objects.all()}


@pytest.mark.django_db
def test_what_is_shipped_later_arrives_and_takes_the_place_of_rows_that_nobody_changed(shipped):
    assert shipped(["trường học", "TH"], ["lớp học"]) == 2
    assert shipped(["trường học", "TH", "nhà trường"], ["thầy cô"]) == 3
    assert terms() == {("trường học", "TH", "nhà trường"), ("thầy cô",)}
    assert shipped(["trường học", "TH", "nhà trường"], ["thầy cô"]) == 0


@pytest.mark.django_db(transaction=True)
def test_what_is_shipped_is_read_at_once(shipped):
    shipped(["trường học", "TH"])
    assert ("truong", "hoc") in dictionary().terms
    shipped(["trường học", "TH"], ["lớp học"])
    assert ("lop", "hoc") in dictionary().terms


def test_what_editors_changed_stays_whatever_is_shipped_later(shipped, standing):
    shipped(["trường học", "TH"], ["lớp học", "lớp"])
    own = TermGroup.objects.get(terms__startswith="trường học")
    own.terms = "trường học\nTRH"
    save_terms(group=own, by=standing.binh, at=timezone.now())
    TermGroup.objects.filter(terms="lớp học\nlớp").update(is_in_use=False)
    shipped(["trường học", "TH", "nhà trường"], ["lớp học", "lớp", "buổi học"])
    assert terms() == {("trường học", "TRH"), ("lớp học", "lớp", "buổi học")}
    assert not TermGroup.objects.get(terms__startswith="lớp học").is_in_use


@pytest.mark.django_db
def test_what_was_shipped_is_loaded_once_and_stays_as_editors_made_it():
    assert load_terms(by=None, at=timezone.now()) > 100
    row = TermGroup.objects.get(terms__startswith="công nghệ thông tin")
    TermGroup.objects.filter(pk=row.pk).update(is_in_use=False)
    assert load_terms(by=None, at=timezone.now()) == 0
    row.refresh_from_db()
    assert not row.is_in_use
