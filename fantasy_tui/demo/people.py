"""Invented names: players, managers, teams. Surnames are put together from syllables."""

from collections.abc import Iterator
from random import Random

_FIRST_NAMES = (
    "Abel Alaric Ambrose Anson Arlo Asher Barnaby Basil Beckett Benno Bram Bruno Caius Caspian Cato Clem Cormac "
    "Cyrus Dario Dashiell Denzo Dex Edmund Elio Emeric Enzo Ephraim Evander Ezra Fabian Felix Finnian Florian "
    "Gideon Gus Hale Hector Horatio Hugo Idris Ignatius Ivo Jericho Joaquin Jonah Jules Kaspar Kit Lazlo Leander "
    "Lorcan Lucian Magnus Malachi Matteo Milo Mungo Nestor Nico Obadiah Octavio Odin Orson Oswin Otis Percival "
    "Phineas Quill Rafferty Remy Roscoe Rufus Salvo Silas Soren Tavish Thaddeus Tobias Ulric Valen Virgil "
    "Wendell Wolf Xander Yorick Zane Zeb"
)
_HEADS = (
    "Bran Cald Dov Elm Fenn Garr Hask Ild Jarr Kest Lomb Mard Norv Osk Pell Quand Rask Sorl Tamm Ulv Vard Wenn "
    "Yarl Zell Brock Crind Drem Flint Grell Holv"
)
_TAILS = (
    "abrook acre adine aker alund amore andel anza aroff asson astane atto avale eby ecki efield egate elmann "
    "emoor enzo erby ersley escu etto ewick illion imba inghast isto obar odell olano omfret onde orsby otham "
    "oveny ucci ulane umber urst"
)
# Names that a search and a table have to cope with.
_ODD = (
    "D'Ambrellard",
    "O'Fennigan",
    "Yarlington-Moss",
    "Øskarssund",
    "Vardellón",
    "Zellwick Jr.",
    "Brockström III",
)


def names(rng: Random) -> Iterator[tuple[str, str]]:
    """First and last names without end; the same pair never comes twice."""
    firsts, heads, tails = _FIRST_NAMES.split(), _HEADS.split(), _TAILS.split()
    seen: set[tuple[str, str]] = set()
    while True:
        last = rng.choice(_ODD) if rng.random() < 0.02 else rng.choice(heads) + rng.choice(tails)
        pair = rng.choice(firsts), last
        if pair not in seen:
            seen.add(pair)
            yield pair


_HANDLES = (
    "gridironjo waiverwendy thirdandlong bootleg_bea hailmaryhal puntgod coachkettle endzone_edda snapcount_sid "
    "blitzmitten tightend_tilda redzone_rex flagday_fern audible_al kneeldown_kip fumblewick sackmaster_sue "
    "twominute_tom icing_iris pylon_pat muffed_max shotgun_shay nickel_nan dimepackage_di playaction_pia "
    "hurryup_hank zoneread_zoe safety_saul onside_olga gadget_gil backfield_bo crossbar_cy"
)

_TEAMS = (
    "Gravel Road Ramblers",
    "Moonlit Mules",
    "The Fourth Downers",
    "Lighthouse Keepers",
    "Paper Tigers FC",
    "Velvet Hammers",
    "Sunday Scaries",
    "Pocket Presence",
    "Turf Accountants",
    "Kettle of Hawks",
    "Brass Monkeys",
    "Backyard Dynasty",
    "Two Point Conversation",
    "Cloudy With A Chance Of Picks",
    "Hash Mark Heroes",
    "Lucky Bounce Club",
    "Waiver Wire Walkers",
    "Northside Narwhals",
    "Granite Giants",
    "Late Swap Society",
    "Copper Coyotes",
    "Slow Motion Replay",
    "Quiet Riot Act",
    "Marmalade Marauders",
    "Tuesday Night Lights",
    "The Taxi Squad Goals",
    "Bench Warrant",
    "Concrete Canaries",
    "Orbit Oddballs",
    "Pickle Juice United",
)


def managers(rng: Random) -> list[tuple[str, str]]:
    """Everyone's handle and team name, in a random order."""
    handles, teams = _HANDLES.split(), list(_TEAMS)
    rng.shuffle(handles)
    rng.shuffle(teams)
    return list(zip(handles, teams, strict=False))
