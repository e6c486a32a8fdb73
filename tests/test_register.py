"""The register of officials: persons merged over articles, homonyms kept apart, and who held what when."""

from __future__ import annotations

import random

import pytest
from spacy.language import Language

from beritaextract import Register, extract, register
from beritaextract.lexicon import packaged
from beritaextract.registry.entries import Entry
from beritaextract.registry.evidence import RegisterWeight, Weigher, ranks_of
from beritaextract.registry.names import Names, NameVariant
from beritaextract.registry.posts import Post, Posts, SharedPost
from beritaextract.registry.profiles import gather
from beritaextract.registry.sightings import Sightings
from effort import effort
from register_records import Said, article, person, post

WELERI, CURUG, KENDAL, SERANG, LEBAK = "33.24.03", "36.73.04", "33.24", "36.73", "36.02"


@pytest.fixture(scope="module")
def names() -> Names:
    return Names(packaged())


@pytest.fixture(scope="module")
def posts() -> Posts:
    return Posts(packaged())


def people(*records: Said) -> list[list[Entry]]:
    """The entries of each person."""
    found: dict[str, list[Entry]] = {}
    for entry in register(records):
        found.setdefault(entry.person_id, []).append(entry)
    return list(found.values())


class TestNames:
    @pytest.mark.parametrize(
        ("written", "words"),
        [
            ("H. Moch. Ridwan, S.H., M.Si.", ("muhammad", "ridwan")),
            ("Dr. Hj. Ratmini Lestari", ("ratmini", "lestari")),
            ("Winarti S.E.", ("winarti",)),
            ("M.Ridwan", ("m", "ridwan")),
            ("Mas’ud", ("mas'ud",)),
            ("Hj", ("hj",)),
            ("...", ()),
        ],
    )
    def test_what_a_name_is_compared_by(self, names: Names, written: str, words: tuple[str, ...]) -> None:
        assert names.words(written) == words

    @pytest.mark.parametrize(
        ("a", "b", "how"),
        [
            ("Ahmad Fauzi", "Achmad Fauzi", "same"),
            ("Ahmad Fauzi", "A. Fauzi", "spelt"),
            ("Ahmad Fauzi", "Ahmad Fauzi Noor", "inside"),
            ("Ratmini Lestari", "Ratmani Lestari", "spelt"),
            ("Gunarto Salim", "Gunsal", "nick"),
            ("Ratmini Lestari", "RIRatmini Lestarimenilai", "glued"),
            ("Ida Ayu", "Rida Ayu", None),
            ("Sri Mulyani Wati", "Mulyani Wati", "end"),
            ("Ahmad Fauzi", "Ahmad Yani", None),
            ("Ahmad Fauzi Noor", "Ahmad Fauzi Amin", None),
        ],
    )
    def test_how_two_names_are_alike(self, names: Names, a: str, b: str, how: str | None) -> None:
        found = names.alike(names.words(a), names.words(b))
        assert (found.how if found else None) == how
        assert found == names.alike(names.words(b), names.words(a))

    def test_the_commoner_a_name_the_more_others_bear_it(self, names: Names) -> None:
        """One word fits more people than two; a third adds less than a second."""
        budi, santoso, long, rare = (
            names.others(names.words(n))
            for n in ("Budi", "Budi Santoso", "Budi Santoso Wibowo", "Tamrin Syahdan Lubis Barus")
        )
        assert budi > 100 > santoso > 1 > long > rare
        assert santoso / long < budi / santoso

    def test_each_variant_is_read_as_its_name(self, names: Names, nlp: Language) -> None:
        """Every row of the table on its own example."""
        for row in packaged().rows("name_variants", NameVariant):
            [official] = extract(row.example, nlp=nlp).officials
            assert row.name in names.words(official.name), row.form
            assert row.form not in names.words(official.name)


class TestPosts:
    @pytest.mark.parametrize(
        "organization",
        ["Dishub Kota Serang", "Dinas Perhubungan (Dishub) Kota Serang", "Dinas Perhubungan", "Dishub Banten, Serang"],
    )
    def test_one_body_however_it_is_written(self, posts: Posts, organization: str) -> None:
        assert posts.body(Post("Kepala Dinas", None, organization, SERANG, None, None)) == {"dinas", "perhubungan"}

    def test_what_brackets_explain_is_learnt(self) -> None:
        """Not from brackets that tell something else."""
        posts = Posts(packaged())
        told = ["Badan Cadangan Garam (BCG)", "Dinas Kebudayaan Lampung Barat (Lambar)"]
        posts.learn([Post("Kepala Badan", None, text, "18.04", None, None) for text in told])
        assert posts.body(Post("Kepala", None, "BCG", "18.04", None, None)) == {"badan", "cadangan", "garam"}
        assert posts.body(Post("Kepala", None, "Lambar", "18.04", None, None)) == frozenset()

    @pytest.mark.parametrize(
        ("a", "b", "relation"),
        [
            (("Camat", WELERI, None), ("Camat", WELERI, None), "post"),
            (("Kepala Dinas", SERANG, None), ("Kepala Dinas", SERANG, "Dishub"), "post"),
            (("Kepala Dinas", SERANG, "Dinsos"), ("Kepala Dinas", SERANG, "Dishub"), "area"),
            (("Kepala Dinas", SERANG, "Dishub"), ("Sekretaris Dinas", SERANG, "Dishub"), "body"),
            (("Camat", WELERI, None), ("Bupati", KENDAL, None), "within"),
            (("Ketua", "ID", "KPK"), ("Ketua", "ID", "KPU"), "nation"),
            (("Ketua", "ID", "KPK"), ("Bupati", KENDAL, None), "above"),
            (("Camat", WELERI, None), ("Camat", CURUG, None), "apart"),
            (("Camat", WELERI, None), ("Camat", None, None), "open"),
            (("Rektor", None, "Universitas Kencana"), ("Rektor", None, "Universitas Kencana"), "post"),
            (("Kepala", None, "RSUD"), ("Kepala", None, "RSUD"), "open"),
        ],
    )
    def test_how_two_posts_stand_to_each_other(
        self, a: tuple[str, str | None, str | None], b: tuple[str, str | None, str | None], relation: str
    ) -> None:
        posts = Posts(packaged())
        x, y = (Post(title, None, body, area, None, None) for title, area, body in (a, b))
        everywhere = [Post("Kepala", None, "RSUD", area, None, None) for area in (KENDAL, SERANG, LEBAK)]
        posts.learn([x, y, *everywhere])
        assert posts.relation(x, posts.body(x), y, posts.body(y)) == relation
        assert posts.relation(y, posts.body(y), x, posts.body(x)) == relation

    def test_each_shared_post_has_its_seats(self, posts: Posts, nlp: Language) -> None:
        """Every row of the table on its own example."""
        for row in packaged().rows("shared_posts", SharedPost):
            titles = [p.title for o in extract(row.example, nlp=nlp).people for p in o.positions]
            assert row.title in titles, row.title
            assert posts.seats(Post(row.title, None, "Badan Kencana", None, None, None)) == row.seats

    def test_a_post_that_names_no_body_is_many(self, posts: Posts) -> None:
        assert posts.seats(Post("Camat", None, None, WELERI, None, None)) == 1
        assert posts.seats(Post("Menteri Sosial", None, None, "ID", None, None)) == 1
        assert posts.seats(Post("Kepala Dinas", None, "Dishub", SERANG, None, None)) == 1
        assert posts.seats(Post("Kepala Dinas", None, None, SERANG, None, None)) > 1


def test_each_weight_is_of_what_its_example_shows(nlp: Language) -> None:
    """Every row of the table: its sentences are articles, each seen in January and in July."""
    names, posts = Names(packaged()), Posts(packaged())
    weigher = Weigher(packaged(), names, posts)
    for row in packaged().rows("register_weights", RegisterWeight):
        sightings = Sightings()
        for sentence in row.example.rstrip(".").split(". "):
            for day in ("2024-01-05", "2024-07-05"):
                sightings.add(extract(f"{sentence}.", published=day, nlp=nlp))
        profiles = gather(sightings, names, posts).profiles
        a, b = profiles[0], profiles[-1]
        assert row.evidence in (weigher.evidence(a, b), ranks_of([a], [b])), row.evidence


class TestOnePerson:
    def test_one_row_a_person_and_post_with_times_and_sources(self) -> None:
        """Dates of publication, periods by acting status, every article that says so."""
        held = post("Sekretaris Daerah", "36", text="Sekda Banten")
        records = [
            article(person("Ratmini Lestari", held), on="2024-09-01", id="c"),
            article(person("Ratmini Lestari", held | {"acting": "Plh", "text": "Plh Sekda"}), on="2024-06-03", id="a"),
            article(person("Ratmini Lestari", held | {"acting": "Plh"}), on="2024-06-12T10:00+07:00", id="b", url="u"),
            article(person("Ratmini Lestari", held | {"former": True}), on="2025", id="d"),
            article(person("Ratmini Lestari", held), on=None, id="e"),
        ]
        [[entry]] = people(*records)
        assert (entry.first_seen, entry.last_seen, entry.former_seen) == ("2024-06-03", "2024-09-01", "2025-01-01")
        assert [(p.acting, p.first_seen, p.last_seen, p.articles) for p in entry.periods] == [
            ("Plh", "2024-06-03", "2024-06-12", 2),
            (None, "2024-09-01", "2024-09-01", 1),
        ]
        assert [(s.article, s.date, s.text) for s in entry.sources][:2] == [
            ("a", "2024-06-03", "Plh Sekda"),
            ("b", "2024-06-12", "Sekda Banten"),
        ]
        assert [s.article for s in entry.sources] == ["a", "b", "c", "d", "e"]
        assert entry.articles == 5
        assert entry.identity > 0.99

    def test_a_post_is_as_sure_as_the_best_of_its_sources(self) -> None:
        sure = (0.55, 0.876, 0.7)
        [[entry]] = people(*(article(person("Ratmini", post("Camat", WELERI, confidence=c))) for c in sure))
        assert entry.confidence == 0.88
        assert [source.confidence for source in entry.sources] == [0.55, 0.88, 0.7]

    def test_who_acts_again_after_a_pause_begins_a_new_period_a_full_holder_does_not(self) -> None:
        """News have gaps; an acting holder is appointed for months."""
        for acting, periods in (("Plt", [("2020-01-01", "2021-01-01"), ("2022-06-01", "2022-06-01")]), (None, None)):
            held = post("Camat", WELERI, acting=acting)
            days = ("2020-01-01", "2021-01-01", "2022-06-01")
            [[entry]] = people(*(article(person("Ratmini Lestari", held), on=day) for day in days))
            found = [(period.first_seen, period.last_seen) for period in entry.periods]
            assert found == (periods or [("2020-01-01", "2022-06-01")])

    def test_the_fullest_name_that_is_written_often_is_the_name(self) -> None:
        """A slip that is longer ("Lestari Senin") is written once."""
        names = ["Ratmini Lestari"] * 5 + ["Ratmini"] * 3 + ["Ratmini Lestari Senin"]
        [[entry]] = people(*(article(person(name, post("Camat", WELERI))) for name in names))
        assert entry.name == "Ratmini Lestari"
        assert set(entry.names) == {"Ratmini", "Ratmini Lestari Senin"}

    @pytest.mark.parametrize(
        ("full", "other"),
        [
            ("Mohammad Ridwan Salim", "Moch. Ridwan Salim, S.H."),
            ("Ahmad Fauzi Noor", "A. Fauzi Noor"),
            ("Ratmini Lestari", "Ratmini"),
            ("Ratmini Lestari", "Ratmani Lestari"),
            ("Gunarto Salim Wibowo", "Gunarto Salim"),
            ("Ratmini Lestari", "BantenRatmini Lestarimenilai"),
        ],
    )
    def test_forms_of_a_name_in_one_post_are_one_person(self, full: str, other: str) -> None:
        records = [article(person(name, post("Camat", WELERI))) for name in (full, full, other)]
        [[entry]] = people(*records)
        assert (entry.name, entry.articles) == (full, 3)
        assert other in entry.names

    def test_an_alias_that_an_article_tells_counts_elsewhere(self) -> None:
        """ "Jefri" is in no way part of the name."""
        records = [
            article(person("Gunarto Salim", post("Camat", WELERI), aliases=("Jefri",))),
            article(person("Jefri", post("Camat", WELERI))),
        ]
        assert len(people(*records)) == 1

    def test_a_rare_name_is_one_person_in_two_posts(self) -> None:
        """Within an area at once, from place to place one after the other; each post is a row."""
        records = [
            article(
                person("Tamrin Syahdan Lubis", post("Kepala Dinas", SERANG, "Dishub Kota Serang")), on="2022-01-01"
            ),
            article(person("Tamrin Syahdan Lubis", post("Sekretaris Daerah", SERANG)), on="2024-01-01"),
        ]
        [entries] = people(*records)
        assert [entry.title for entry in entries] == ["Kepala Dinas", "Sekretaris Daerah"]

    def test_posts_that_one_article_gives_to_a_person_are_one_persons(self) -> None:
        records = [article(person("Budi Santoso", post("Bupati", KENDAL), post("Menteri Sosial", "ID", former=True)))]
        assert len(people(*records)) == 1

    def test_a_body_written_in_three_ways_is_one_post(self) -> None:
        bodies = ("Dishub Kota Serang", "Dinas Perhubungan (Dishub)", None)
        [[entry]] = people(*(article(person("Ratmini Lestari", post("Kepala Dinas", SERANG, body))) for body in bodies))
        assert entry.articles == 3

    def test_two_offices_headed_one_after_the_other_are_two_posts(self) -> None:
        bodies = ("Dishub Kota Serang", "Dinas Sosial Kota Serang")
        [entries] = people(*(article(person("Ratmini Lestari", post("Kepala Dinas", SERANG, b))) for b in bodies))
        assert len(entries) == 2


class TestHomonyms:
    def test_a_common_name_in_places_apart_is_two_people(self) -> None:
        records = [article(person("Budi Santoso", post("Camat", area))) for area in (WELERI, CURUG)]
        assert len(people(*records)) == 2

    def test_two_heads_of_areas_at_once_are_two_people_though_the_name_is_rare(self) -> None:
        records = [
            article(person("Ratmini Wulandari", post("Camat", area)), on=day)
            for area in (WELERI, CURUG)
            for day in ("2023-01-01", "2024-06-01")
        ]
        assert len(people(*records)) == 2

    def test_an_officer_of_the_police_is_no_civilian_of_that_name(self) -> None:
        """The rank tells; without one they would be one person."""
        civilian = person("Ahmad Fauzi", post("Camat", CURUG))
        officer = person("Ahmad Fauzi", post("Kepala Kepolisian Sektor", CURUG), rank="AKP")
        assert len(people(article(civilian), article(officer))) == 2
        assert len(people(article(civilian), article(officer | {"rank": None}))) == 1

    def test_a_single_word_is_nobody_elsewhere(self) -> None:
        """Only in the post itself does it stand for the one who is known."""
        records = [
            article(person("Ratmini Lestari", post("Camat", WELERI))),
            article(person("Ratmini", post("Camat", CURUG))),
            article(person("Ratmini", post("Kepala Desa", None))),
        ]
        assert len(people(*records)) == 3

    def test_a_short_form_that_two_holders_share_is_given_to_neither(self) -> None:
        records = [article(person(n, post("Camat", WELERI))) for n in ("Ratmini Lestari", "Ratmini Wibowo", "Ratmini")]
        assert len(people(*records)) == 3

    def test_a_short_form_goes_to_the_holder_of_its_time(self) -> None:
        records = [
            article(person("Ratmini Lestari", post("Camat", WELERI)), on="2015-03-01"),
            article(person("Ratmini Wibowo", post("Camat", WELERI)), on="2024-03-01"),
            article(person("Ratmini", post("Camat", WELERI)), on="2024-04-01"),
        ]
        assert sorted(len(entries[0].sources) for entries in people(*records)) == [1, 2]

    def test_names_that_an_article_tells_apart_stay_apart(self) -> None:
        """A wife who bears her husband's name."""
        husband, wife = "Gunarto Salim", "Ratmini Gunarto Salim"
        records = [
            article(person(husband, post("Bupati", KENDAL)), person(wife, post("Ketua", KENDAL, "TP PKK"))),
            article(person(wife, post("Bupati", KENDAL))),
        ]
        assert len(people(*records)) == 2

    def test_posts_without_a_place_are_not_the_same_post(self) -> None:
        """A Kepala Desa Suparman here and there."""
        records = [article(person("Suparman", post("Kepala Desa"))) for _ in range(3)]
        assert len(people(*records)) == 3

    def test_the_state_only(self) -> None:
        assert people(article(person("Ratmini Lestari", post("Direktur Utama", public=False)))) == []


class TestRegister:
    def test_nothing_gives_nothing(self) -> None:
        made = register([])
        assert (len(made), made.people, list(made)) == (0, 0, [])
        assert made.holders("Camat") == ()

    def test_order_of_the_records_does_not_matter(self) -> None:
        records = [
            article(person(name, post("Camat", area), rank=rank), on=f"2024-0{month}-01")
            for month, area in enumerate((WELERI, CURUG, KENDAL), 1)
            for name in ("Ratmini Lestari", "Ratmini", "Budi Santoso", "R. Lestari", "Ratmani Lestari")
            for rank in (None, "AKP")
        ]

        def content(made: Register) -> list[tuple[object, ...]]:
            return sorted((e.name, e.title, str(e.jurisdiction), sorted(s.article for s in e.sources)) for e in made)

        wanted = content(register(records))
        for seed in range(5):
            random.Random(seed).shuffle(records)
            assert content(register(records)) == wanted

    def test_records_and_their_json_give_the_same(self, nlp: Language) -> None:
        record = extract("Camat Weleri Gunarto Salim hadir.", published="2024-06-20", id="a", nlp=nlp)
        [entry], [again] = register([record]), register([record.to_dict()])
        assert entry == again
        assert Entry.from_json(entry.to_json()) == entry

    def test_work_grows_as_the_batch_does(self) -> None:
        """Twice the people, about twice the work: nobody is compared with everybody."""

        def of(size: int) -> list[Said]:
            pick = random.Random(7)
            made = ["".join(pick.choice("abdgiklmnorstu") for _ in range(7)) for _ in range(2 * size)]
            named = zip(
                made[:size], pick.choices(["Salim", "Wibowo", "Lestari", "Utomo"], k=size), made[size:], strict=True
            )
            return [
                article(person(" ".join(name), post("Camat", f"11.01.{i % 90:02}"))) for i, name in enumerate(named)
            ]

        small, large = (of(size) for size in (300, 1200))
        register(small)  # the tables
        assert effort(lambda: register(large)) < 6 * effort(lambda: register(small))


class TestHolders:
    @pytest.fixture
    def made(self) -> Register:
        sekda = post("Sekretaris Daerah", "36", text="Plh Sekda Banten", acting="Plh")
        return register(
            [
                article(person("Ratmini Lestari", sekda), on="2024-06-03", id="a"),
                article(person("Ratmini Lestari", sekda), on="2024-06-20", id="b"),
                article(person("Gunarto Salim", sekda | {"acting": None}), on="2024-08-01", id="c"),
                article(person("Gunarto Salim", sekda | {"acting": None}), on="2025-08-01", id="d"),
                article(person("Suharno Wibawa", post("Bupati", "36.04")), on="2024-06-01", id="e"),
                article(person("Suharno Wibawa", post("Bupati", "36.04", former=True)), on="2024-07-01", id="f"),
                article(person("Tamrin Syahdan", post("Kepala Dinas", SERANG, "Dishub Serang")), on="2024-06-01"),
            ]
        )

    def test_who_was_plh_sekda_banten_in_june_2024_and_on_what_evidence(self, made: Register) -> None:
        [holder] = made.holders("Plh. Sekda", area="Banten", on="2024-06")
        assert (holder.entry.name, holder.acting, holder.basis) == ("Ratmini Lestari", "Plh", "seen")
        assert [(s.article, s.text) for s in holder.evidence] == [("a", "Plh Sekda Banten"), ("b", "Plh Sekda Banten")]

    @pytest.mark.parametrize(
        "asked", ["Plh Sekda Banten", "pelaksana harian Sekretaris Daerah Provinsi Banten", "PLH. SEKDA 36"]
    )
    def test_post_and_area_may_be_asked_for_in_one(self, made: Register, asked: str) -> None:
        assert [h.entry.name for h in made.holders(asked, on="2024-06")] == ["Ratmini Lestari"]

    def test_between_two_sightings_and_near_one(self, made: Register) -> None:
        """Who was seen before and after goes before who was seen months away."""
        found = made.holders("Sekretaris Daerah", area="36", on="2024-10-15")
        assert [(h.entry.name, h.basis, h.days) for h in found] == [
            ("Gunarto Salim", "between", 75),
            ("Ratmini Lestari", "near", 117),
        ]
        assert [s.article for s in found[0].evidence] == ["c", "d"]
        assert [s.article for s in found[1].evidence] == ["b"]

    def test_long_before_and_long_after_nobody_is_known(self, made: Register) -> None:
        assert made.holders("Sekda", area="Banten", on="2020") == ()

    def test_who_is_called_former_holds_it_no_more(self, made: Register) -> None:
        assert [h.basis for h in made.holders("Bupati", area="Kabupaten Serang", on="2024-06-15")] == ["near"]
        assert made.holders("Bupati", area="Kabupaten Serang", on="2024-07-15") == ()

    def test_without_a_time_everybody_who_was_seen(self, made: Register) -> None:
        assert {h.entry.name for h in made.holders("Sekda", area="Banten")} == {"Ratmini Lestari", "Gunarto Salim"}
        assert [h.entry.name for h in made.holders("Plh Sekda")] == ["Ratmini Lestari"]

    def test_a_name_that_areas_share_means_them_all(self, made: Register) -> None:
        assert len(made.holders("Bupati", area="Serang")) == 1
        assert made.holders("Bupati", area="Kota Serang") == ()

    def test_a_body_tells_posts_of_one_title_apart(self, made: Register) -> None:
        assert len(made.holders("Kadis", area=SERANG, organization="dishub")) == 1
        assert len(made.holders("Kepala Dinas Perhubungan Kota Serang")) == 1
        assert made.holders("Kadis", area=SERANG, organization="Dinsos") == ()
        assert made.holders("Kepala Dinas Sosial Kota Serang") == ()
        assert made.holders("Penjaga Mercusuar Serang") == ()

    @pytest.mark.parametrize(
        ("asked", "says"),
        [({"area": "Negeri Antah"}, "no area 'Negeri Antah'"), ({"on": "Juni 2024"}, "'Juni 2024' is no date")],
    )
    def test_what_is_no_area_and_no_date_is_said(self, made: Register, asked: dict[str, str], says: str) -> None:
        with pytest.raises(ValueError, match=says):
            made.holders("Bupati", **asked)
