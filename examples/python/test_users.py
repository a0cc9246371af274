# #region faults
import unittest
import urllib.error

from mock import Mock
from users import list_users


class ListUsers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mock = cls.enterClassContext(Mock("--data", "users=50"))

    def setUp(self):
        self.mock.control("POST", "reset")

    def statuses(self):
        return [request["status"] for request in self.mock.control("GET", "requests")]

    def test_a_server_error_is_tried_again(self):
        self.mock.control("POST", "faults", {"status": 503, "times": 2})
        self.assertEqual(len(list(list_users(self.mock.url, "any-key"))), 50)
        self.assertEqual(self.statuses(), [503, 503, 200, 200, 200])

    def test_a_forbidden_key_is_an_error(self):
        self.mock.control("POST", "faults", {"status": 403, "times": 1})
        with self.assertRaises(urllib.error.HTTPError):
            list(list_users(self.mock.url, "any-key"))
        self.assertEqual(self.statuses(), [403])
    # #endregion

    def test_every_page_is_asked_for(self):
        users = list(list_users(self.mock.url, "any-key"))
        self.assertEqual(len(users), 50)
        self.assertEqual(self.statuses(), [200, 200, 200])

    def test_a_user_that_was_added_is_listed(self):
        user = {"id": "user_ada", "name": "Ada", "email": "ada@example.com"}
        self.mock.control("POST", "data/users", user)
        ids = [user["id"] for user in list_users(self.mock.url, "any-key")]
        self.assertIn("user_ada", ids)


if __name__ == "__main__":
    unittest.main()
