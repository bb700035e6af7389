package tarn.imports;

import java.io.IOException;

/// Reads a board exported by Trello as JSON.
///
/// The file is one object, described at
/// <https://developer.atlassian.com/cloud/trello/guides/rest-api/object-definitions/>. It is read as a
/// stream, three times: what cards refer to, the cards, and the history. `cards[].email` is a secret
/// address that adds to the board: its value is never read.
final class TrelloBoard {
    private TrelloBoard() {}

    /// @throws UnreadableImport if the file is not a board, or is too large in any way
    /// @throws IOException if the file cannot be read
    static ImportPlan read(BoardJson.Source file, PlanDraft draft) throws IOException {
        BoardKeys keys = new BoardKeys();
        BoardLabels labels = new BoardLabels(draft);
        BoardParts parts = new BoardParts(draft, keys, labels);
        BoardHistory history = new BoardHistory(draft);
        BoardCards cards = new BoardCards(draft, parts, labels, history);
        BoardJson.pass(file, draft, keys, parts::read);
        BoardJson.pass(file, draft, keys, cards::read);
        BoardJson.pass(file, draft, keys, history::read);
        cards.addAll();
        cards.report();
        history.report();
        parts.report();
        labels.report();
        keys.report(draft);
        return draft.plan(ImportFormat.TRELLO, parts.name, parts.description);
    }
}
