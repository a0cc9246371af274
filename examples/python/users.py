"""The code under test: it lists the users of an organization, page by page."""

import json
import urllib.error
import urllib.parse
import urllib.request


def list_users(base_url, key, attempts=3):
    after = None
    while True:
        query = {"limit": 20} | ({"after": after} if after else {})
        page = _get(f"{base_url}/organization/users?{urllib.parse.urlencode(query)}", key, attempts)
        yield from page["data"]
        if not page["has_more"]:
            return
        after = page["last_id"]


def _get(url, key, attempts):
    request = urllib.request.Request(url, headers={"authorization": f"Bearer {key}"})
    for attempt in range(1, attempts + 1):
        try:
            with urllib.request.urlopen(request) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            if error.code < 500 or attempt == attempts:
                raise
