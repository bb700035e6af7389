-- Words of titles are looked up apart: those who have them in the title are found first.
create index task_title_words on task using gin (ts_filter(search, '{a}'));
