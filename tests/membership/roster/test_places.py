from membership.models import Unit


def test_a_unit_is_found_by_a_name_with_a_comma(standing, dung):
    Unit.objects.filter(pk=standing.other_chapter.pk).update(name="Chi hội khối phố 1, 2")
    people = [{"name": f"Lê {word}", "year": 1958, "unit": unit} for word, unit in (
        ("Một", "Chi hội khối phố 1,2"), ("Hai", "Chi hội khối phố 1, 2, Phường Hải Châu"),
        ("Ba", "Chi hội khối phố 1, Phường Hải Châu"))]  # fmt: skip
    batch = dung.read(*people)
    units = [line.content["entry"]["unit"] for line in batch.lines.order_by("number")]
    assert units == [standing.other_chapter.pk, standing.other_chapter.pk, standing.chapter.pk]
