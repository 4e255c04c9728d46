"""Sealing, what goes out, keys that follow each other, and a database put back from a copy."""

import datetime
import threading

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from learning.evidence.actions import erase, record, seal, send_checkpoint
from learning.evidence.ledger.log import checkpoints_of_year, consistency_proof, inclusion_proof, new_key, signed
from learning.evidence.ledger.verifier import NotProvenError, check_consistency, check_inclusion, main, read_key
from learning.evidence.models import Checkpoint, Evidence, Leaf, LedgerKey, Unsealed
from tests.factories.evidence import NOW, a_fact
from tests.factories.people import standing_people
from tests.learning.evidence.ledgers import MINUTE, as_intruder, faults, fill

HOUR = datetime.timedelta(hours=1)


def keys():
    return [read_key(text) for text in LedgerKey.objects.values_list("public_key", flat=True)]


class TestSeal:
    def test_what_is_recorded_waits_and_is_sealed_in_order(self, standing):
        rows = [record(fact=a_fact(standing.an.person), by=None, at=NOW + n * MINUTE) for n in (2, 0, 1)]
        assert Unsealed.objects.count() == 3

        [checkpoint] = seal(at=NOW + HOUR)

        assert (checkpoint.number, checkpoint.size) == (1, 3)
        assert list(Leaf.objects.order_by("index").values_list("entry_id", flat=True)) == [
            rows[1].pk, rows[2].pk, rows[0].pk
        ]  # fmt: skip
        assert not Unsealed.objects.exists()

    def test_with_nothing_waiting_nothing_is_sealed(self, standing):
        fill(standing.an.person, 2)
        assert seal(at=NOW + HOUR) == []
        assert Checkpoint.objects.count() == 1

    def test_batches_hold_a_thousand_and_continue_each_other(self, standing):
        fill(standing.an.person, 2300)
        checkpoints = list(Checkpoint.objects.order_by("number"))
        assert [checkpoint.size for checkpoint in checkpoints] == [1000, 2000, 2300]
        assert [checkpoint.previous_root for checkpoint in checkpoints[1:]] == [
            checkpoint.root for checkpoint in checkpoints[:-1]
        ]
        assert faults() == []
        for old in checkpoints:
            for new in checkpoints[old.number - 1 :]:
                assert check_consistency(consistency_proof(old, new), keys())

    def test_every_entry_can_be_proven_and_no_changed_one(self, standing):
        rows = fill(standing.an.person, 70)
        for row in rows:
            proof = inclusion_proof(row)
            assert check_inclusion(proof, keys())
            with pytest.raises(NotProvenError):
                check_inclusion(proof | {"payload": proof["payload"] | {"title": "Khác"}}, keys())
            with pytest.raises(NotProvenError):
                check_inclusion(proof | {"index": (proof["index"] + 1) % 70}, keys())

    @pytest.mark.django_db(transaction=True)
    def test_two_at_once_take_turns(self):
        person = standing_people().an.person
        for number in range(6):
            record(fact=a_fact(person), by=None, at=NOW + number * MINUTE)
        failed = []

        def work():
            try:
                seal(at=NOW + HOUR)
            except Exception as problem:
                failed.append(problem)
            finally:
                connection.close()

        threads = [threading.Thread(target=work) for _n in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failed == []
        assert Checkpoint.objects.get().size == 6
        assert faults() == []


class TestGoingOut:
    def test_province_officers_get_the_latest_once(self, standing):
        fill(standing.an.person, 3)
        assert send_checkpoint(at=NOW) == 1
        assert send_checkpoint(at=NOW) == 0
        [sent] = mail.outbox
        assert sent.to == [standing.giang.email]
        assert signed(Checkpoint.objects.get()).text in sent.body
        assert standing.an.person.full_name not in sent.body

    def test_the_annex_names_the_last_of_each_month(self, standing):
        for month in (1, 1, 3):
            day = 1 + Checkpoint.objects.count()
            fill(standing.an.person, 2, at=datetime.datetime(2026, month, day, 9, tzinfo=NOW.tzinfo))
        fill(standing.an.person, 2, at=datetime.datetime(2027, 1, 1, 9, tzinfo=NOW.tzinfo))
        assert [checkpoint.number for checkpoint in checkpoints_of_year(2026)] == [2, 3]


class TestKeys:
    @pytest.fixture
    def rotated(self, standing, settings):
        """Two checkpoints under the first key, one under the next, for which the first vouches."""
        first, _public = new_key()
        second, public = new_key()
        settings.LEDGER_SIGNING_KEY = first
        fill(standing.an.person, 3)
        fill(standing.an.person, 3, at=NOW + HOUR)
        settings.LEDGER_PREVIOUS_KEY, settings.LEDGER_SIGNING_KEY = first, second
        fill(standing.an.person, 3, at=NOW + 2 * HOUR)
        settings.LEDGER_PREVIOUS_KEY = ""
        return public

    def test_the_old_key_vouches_for_the_new_one(self, rotated):
        assert faults() == []
        assert LedgerKey.objects.get(public_key=rotated).vouched_by is not None
        old, new = Checkpoint.objects.get(number=1), Checkpoint.objects.get(number=3)
        assert check_consistency(consistency_proof(old, new), keys())

    def test_who_trusts_only_the_first_key_trusts_the_next_through_it(self, rotated):
        first = read_key(LedgerKey.objects.exclude(public_key=rotated).get().public_key)
        assert faults(trusted=[first]) == []

    def test_a_key_that_nobody_vouches_for_is_named(self, standing, settings):
        fill(standing.an.person, 3)
        settings.LEDGER_SIGNING_KEY, _public = new_key()
        fill(standing.an.person, 3, at=NOW + HOUR)

        found = faults()

        assert len(found) == 2
        assert "vouches for it" in found[0]
        assert found[1].startswith("checkpoint 2: is signed by the key")
        both = [read_key(key) for key in LedgerKey.objects.values_list("public_key", flat=True)]
        assert faults(trusted=both) == []

    def test_a_forged_vouching_is_named(self, rotated):
        with as_intruder() as cursor:
            cursor.execute("UPDATE evidence_ledgerkey SET vouching = 'AAAA' WHERE public_key = %s", [rotated])
        assert "vouches for it" in faults()[0]


class TestCommands:
    def test_verify_is_quiet_on_a_sound_ledger_and_fails_on_another(self, standing, capsys, tmp_path):
        rows = fill(standing.an.person, 5)
        kept, key = tmp_path / "checkpoint.txt", tmp_path / "key.txt"
        kept.write_text(signed(Checkpoint.objects.get()).text)
        key.write_text(LedgerKey.objects.get().public_key)
        call_command("ledger_verify", against=[str(kept)], key=[str(key)])
        assert "5 entries under 1 checkpoints, 0 of them erased, 0 sealed later" in capsys.readouterr().out

        with as_intruder() as cursor:
            cursor.execute("UPDATE evidence_evidence SET title = 'Khác' WHERE source_key = %s", [rows[2].source_key])
        with pytest.raises(CommandError):
            call_command("ledger_verify")
        assert f"entry 2 (evidence {rows[2].pk}): was changed" in capsys.readouterr().err

    def test_seals_sends_and_makes_keys(self, standing, capsys):
        record(fact=a_fact(standing.an.person), by=None, at=NOW)
        call_command("tick", only=["seal_ledger", "send_checkpoint"])
        call_command("ledger_key")
        said = capsys.readouterr().out
        assert "seal_ledger: checkpoint 1: 11 entries" in said  # with one for each kind that is sealed from here on
        assert "send_checkpoint: sent to 1 officers" in said
        assert "LEDGER_SIGNING_KEY=" in said

    def test_what_waited_under_a_lost_key_is_sealed_only_after_someone_said_so(self, standing, settings, capsys):
        record(fact=a_fact(standing.an.person), by=None, at=NOW)
        settings.LEDGER_SIGNING_KEY = new_key()[0]
        assert seal(at=NOW) == []
        assert "the site did not put it there" in faults()[0]
        call_command("ledger_key", "--vouch-for-waiting")
        assert "1 waiting entries" in capsys.readouterr().out
        assert [checkpoint.size for checkpoint in seal(at=NOW)] == [1]

    def test_the_program_checks_checkpoints_too(self, standing, capsys, tmp_path):
        fill(standing.an.person, 2)
        kept, key = tmp_path / "checkpoint.txt", tmp_path / "key.txt"
        kept.write_text(signed(Checkpoint.objects.get()).text.replace("\n", "\r\n"))
        key.write_text(LedgerKey.objects.get().public_key)
        assert main(["--key", str(key), str(kept)]) == 0
        kept.write_text(kept.read_text().replace("size: 2", "size: 3"))
        assert main(["--key", str(key), str(kept)]) == 1


class TestRestore:
    def test_a_database_put_back_from_an_older_copy_is_found_by_a_later_checkpoint(self, standing):
        """What a restored copy lacks, the checkpoints that went out since then name."""
        fill(standing.an.person, 4)
        fill(standing.an.person, 4, at=NOW + HOUR)
        sent = signed(Checkpoint.objects.get(number=2))
        with as_intruder() as cursor:
            cursor.execute("DELETE FROM evidence_checkpoint WHERE number = 2")
            cursor.execute('DELETE FROM evidence_leaf WHERE "index" >= 4')
            cursor.execute("DELETE FROM evidence_salt WHERE entry_id NOT IN (SELECT entry_id FROM evidence_leaf)")
            cursor.execute("DELETE FROM evidence_evidence WHERE id NOT IN (SELECT entry_id FROM evidence_leaf)")
        assert faults() == []
        [found] = faults(kept=[sent])
        assert "entries 4 to 7 were cut off" in found

        fill(standing.an.person, 5, at=NOW + 2 * HOUR)  # it goes on, and stays sound in itself
        assert faults() == []
        [found] = faults(kept=[sent])
        assert "were written anew" in found

    def test_who_was_erased_after_the_copy_was_made_is_erased_again(self, standing):
        """docs/ledger.md, “Putting a copy back”: the steps in their order."""
        fill(standing.an.person, 4)
        fill(standing.chi.person, 2, at=NOW + HOUR)
        copy = connection.savepoint()
        erase(person=standing.an.person, by=standing.dung, at=NOW + 2 * HOUR)
        seal(at=NOW + 2 * HOUR)
        sent = signed(Checkpoint.objects.order_by("-number")[0])
        connection.savepoint_rollback(copy)  # the database is again what it was

        assert Evidence.objects.filter(person=standing.an.person).count() == 4
        assert faults(kept=[signed(Checkpoint.objects.order_by("-number")[0])]) == []
        [found] = faults(kept=[sent])
        assert "entries 6 to 7 were cut off" in found

        erase(person=standing.an.person, by=standing.dung, at=NOW + 3 * HOUR)
        seal(at=NOW + 3 * HOUR)
        assert not Evidence.objects.filter(person=standing.an.person).exists()
        assert faults() == []
