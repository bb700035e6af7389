package tarn.imports;

import java.io.IOException;

/// Reads a Trello board exported as JSON, streaming the file three times: what cards refer to, the
/// cards, the history.
///
/// The format is described at
/// <https://developer.atlassian.com/cloud/trello/guides/rest-api/object-definitions/>.
/// `cards[].email`, a secret address that can post to the board, is never read.
final class TrelloBoard {
    private TrelloBoard() {}

    /// @throws UnreadableImport when the file is not a board or exceeds a limit
    /// @throws IOException when the file cannot be read
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
