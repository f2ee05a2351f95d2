"""Which names a query finds, and in what order."""

import random

from kubectl_fieldkit.picker.matching import matched, rank


def _found(query: str, *names: str) -> list[str]:
    return [names[i] for i in rank(query, names, range(len(names)))]


def test_all_letters_must_be_there_in_order() -> None:
    """With anything between them."""
    assert _found("pde", "prod-eu", "dev-prod", "p-d-e", "edp") == ["p-d-e", "prod-eu"]


def test_the_empty_query_finds_all_as_they_are() -> None:
    """Blanks alone are one as well."""
    assert _found(" ", "b", "a") == ["b", "a"]


def test_equals_keep_their_order() -> None:
    """The caller's, which is natural order."""
    assert _found("web", "web-1", "web-2", "web-10") == ["web-1", "web-2", "web-10"]


def test_what_begins_comes_first() -> None:
    """The name's beginning, then a word's, then the middle of one."""
    names = ("reprod", "eu-prod", "prod")
    assert _found("prod", *names) == ["prod", "eu-prod", "reprod"]


def test_letters_together_come_before_letters_apart() -> None:
    """Unless those apart begin words."""
    assert _found("abc", "xaxbxcx", "xxabcxx") == ["xxabcxx", "xaxbxcx"]
    assert _found("kpu", "xkpux", "kube-prod-us") == ["kube-prod-us", "xkpux"]


def test_camel_case_and_numbers_begin_words() -> None:
    """As fzf has it."""
    assert _found("c", "xcluster", "myCluster") == ["myCluster", "xcluster"]
    assert _found("1", "21", "web1") == ["web1", "21"]


def test_case_counts_where_the_query_has_a_capital() -> None:
    """For each word of it by itself."""
    assert _found("prod", "PROD", "Prod") == ["PROD", "Prod"]
    assert _found("Prod", "PROD", "Prod", "prod") == ["Prod"]
    assert _found("P eu", "PROD-EU", "prod-eu") == ["PROD-EU"]


def test_each_word_is_found_anywhere() -> None:
    """In any order."""
    assert _found("eu prod", "eu-prod", "prod-us", "prod-eu") == ["prod-eu", "eu-prod"]


def test_the_letters_that_are_shown_are_those_that_count() -> None:
    """The word's beginning, though the letter stands before it as well."""
    assert matched("p", "app-prod") == {4}
    assert matched("kpu", "kube-prod-us") == {0, 5, 10}
    assert matched("x", "prod") == set()


def test_letters_whose_small_form_is_longer() -> None:
    """Each letter keeps its place."""
    assert matched("b", "İİb") == {2}


def _finds(query: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in query)


def test_random_names_are_found_exactly_where_the_letters_are() -> None:
    """And what is shown spells the query."""
    chance = random.Random(11)
    for _ in range(3000):
        name = "".join(chance.choices("abA1-", k=chance.randrange(12)))
        query = "".join(chance.choices("abA1-", k=chance.randrange(1, 5)))
        seen = name if query != query.lower() else name.lower()
        assert bool(_found(query, name)) == _finds(query, seen)
        if _finds(query, seen):
            assert "".join(seen[at] for at in sorted(matched(query, name))) == query
