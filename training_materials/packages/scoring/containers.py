"""Contents of contents: QuestionSet, Column, InteractiveVideo, CoursePresentation.

Their parts are matched by subContentId. A part that did not report scores 0; one that is not in the content, or that
reports twice, makes the whole unverifiable. The maximum always comes from the content.
"""

from collections.abc import Callable

from training_materials.packages.scoring.base import Params, Reported, Scored, Scorer, UnverifiableError, group, rows

ScorerOf = Callable[[str], Scorer | None]

# They teach and ask nothing, so they report no score.
SILENT = frozenset(
    {"H5P.AdvancedText", "H5P.Text", "H5P.Image", "H5P.Audio", "H5P.Video", "H5P.Link", "H5P.Table", "H5P.Accordion",
     "H5P.ExportableTextArea", "H5P.Nil", "H5P.GoToQuestion", "H5P.IVHotspot", "H5P.Shape", "H5P.Collage",
     "H5P.Dialogcards", "H5P.Timeline", "H5P.TwitterUserFeed", "H5P.IFrameEmbed", "H5P.Chart", "H5P.ImageSlider",
     "H5P.ContinuousText", "H5P.Agamotto", "H5P.ImageHotspots"}
)  # fmt: skip


def question_set(params: Params) -> list[Params]:
    return rows(params.get("questions"))


def column(params: Params) -> list[Params]:
    return [group(row, "content") for row in rows(params.get("content"))]


def interactive_video(params: Params) -> list[Params]:
    video = group(params, "interactiveVideo")
    parts = [group(row, "action") for row in rows(group(video, "assets").get("interactions"))]
    return [*parts, group(video, "summary", "task")]


def course_presentation(params: Params) -> list[Params]:
    slides = rows(group(params, "presentation").get("slides"))
    return [group(row, "action") for slide in slides for row in rows(slide.get("elements"))]


PARTS_OF: dict[str, Callable[[Params], list[Params]]] = {
    "H5P.QuestionSet": question_set,
    "H5P.Column": column,
    "H5P.InteractiveVideo": interactive_video,
    "H5P.CoursePresentation": course_presentation,
}


def container(parts_of: Callable[[Params], list[Params]], scorer_of: ScorerOf) -> Scorer:
    def score(params: Params, said: Reported) -> Scored:
        parts = [part for part in parts_of(params) if part.get("library")]
        asking = [part for part in parts if str(part["library"]).split()[0] not in SILENT]
        children = _by_part(said, {str(part.get("subContentId")) for part in parts})
        scored = {
            place: _part(part, children.get(str(part.get("subContentId"))), scorer_of)
            for place, part in enumerate(asking)
        }
        is_told = {place for place, part in enumerate(asking) if str(part.get("subContentId")) in children}
        pool = params.get("poolSize")
        if isinstance(pool, int) and 0 < pool < len(asking):
            return _drawn(scored, is_told, pool)
        return Scored(sum(one.score for one in scored.values()), sum(one.maximum for one in scored.values()))

    return score


def _by_part(said: Reported, known: set[str]) -> dict[str, Reported]:
    children: dict[str, Reported] = {}
    for child in said.children:
        if child.sub_content not in known or child.sub_content in children:
            raise UnverifiableError("a part reports that the content does not have, or reports twice")
        children[child.sub_content] = child
    return children


def _part(part: Params, said: Reported | None, scorer_of: ScorerOf) -> Scored:
    library = str(part["library"])
    scorer = scorer_of(library)
    if scorer is None:
        raise UnverifiableError(f"no scorer for {library}")
    return scorer(group(part, "params"), said or Reported())


def _drawn(scored: dict[int, Scored], is_told: set[int], pool: int) -> Scored:
    """Only so many of the questions were drawn: those that report, and the weightiest of the others for the rest."""
    if len(is_told) > pool:
        raise UnverifiableError("more questions report than were drawn")
    others = sorted((one.maximum for place, one in scored.items() if place not in is_told), reverse=True)
    told = [scored[place] for place in is_told]
    rest = sum(others[: pool - len(told)])
    return Scored(sum(one.score for one in told), sum(one.maximum for one in told) + rest)
