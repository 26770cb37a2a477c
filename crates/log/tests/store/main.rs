//! The store, each file named by the failure that it excludes.

mod a_changed_tile_goes_unseen;
mod a_failed_write_loses_an_acknowledged_entry;
mod a_power_cut_loses_an_acknowledged_entry;
mod a_proof_differs_from_the_rfc;
mod a_restored_backup_is_continued;
mod another_reader_disagrees;
mod hostile_names_or_bytes_pass;
mod lying;
mod reference;
mod two_logs_or_writers_meet;
