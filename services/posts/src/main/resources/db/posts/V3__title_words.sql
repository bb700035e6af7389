-- Words of titles are looked up apart: those who have them in the title are found first.
create index post_title_words on post using gin (ts_filter(search, '{a}'));
