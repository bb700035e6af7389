drop table discarded_import;
