"""What a rule would have done, in words, for the screen and the command line alike."""

from fantasy_tui.review.policy_preview import Preview


def sentences(preview: Preview) -> list[str]:
    """The replay in sentences, then a line a week."""
    said = [preview.warning] if preview.warning else []
    if not preview.settled:
        return said
    of = f"of {preview.settled} settled decisions of this kind"
    if not preview.n:
        said.append(f"It would have approved none {of}.")
    else:
        said.append(
            f"It would have approved {preview.n} {of}: {preview.right} came true"
            f" ({100 * preview.right / preview.n:.0f} %), {preview.gained:.1f} points gained"
            f" and {abs(preview.lost):.1f} lost, {preview.gained + preview.lost:+.1f} in all."
        )
    if preview.worst is not None:
        worst = preview.worst
        said.append(
            f"The worst: {worst.gain:+.1f} points, {worst.summary} ({worst.league}, week {worst.week})."
        )
    said += [
        f"Left to you although it fits the terms: {count}, because it {why}."
        if count == 1
        else f"Left to you although they fit the terms: {count}, because each {why}."
        for why, count in preview.held_back.items()
    ]
    said += [
        f"{week.season} week {week.week}: {week.right} of {week.n} came true, {week.gain:+.1f} points"
        for week in preview.weeks
    ]
    return said
