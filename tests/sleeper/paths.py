"""Where Sleeper answers what a sync of the made-up leagues asks for."""

from tests.sleeper.fake import ME, REDRAFT

ROSTERS = f"/v1/league/{REDRAFT}/rosters"
MEMBERS = f"/v1/league/{REDRAFT}/users"
MOVES = f"/v1/league/{REDRAFT}/transactions/3"
PICKS = f"/v1/league/{REDRAFT}/traded_picks"
LEAGUES = f"/v1/user/{ME}/leagues/nfl/2024"
PLAYERS = "/v1/players/nfl"
SCHEDULE = "/schedule/nfl/regular/2024"
STATS = "/v1/stats/nfl/regular/2024/2"
PROJECTIONS = "/v1/projections/nfl/regular/2024/3"
