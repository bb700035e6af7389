package tarn.standalone;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tarn.platform.problem.Problem;
import tarn.testing.Repository;

/// What the codes of problems mean, from the page that explains them to people.
final class ContractProblems {

    private static final Pattern ROW =
            Pattern.compile("<tr id=\"([^\"]+)\">.*?<td>(.*?)</td>\\s*<td>(.*?)</td>", Pattern.DOTALL);
    private static final Map<String, String> MEANINGS = meanings();

    private ContractProblems() {}

    private static Map<String, String> meanings() {
        Map<String, String> meanings = new TreeMap<>();
        Matcher row = ROW.matcher(Repository.text(Repository.here().root().resolve("web/docs/errors.html")));
        while (row.find()) {
            meanings.put(
                    row.group(1),
                    row.group(3)
                            .replaceAll("</?code>", "`")
                            .replaceAll("<[^>]+>", "")
                            .replaceAll("\\s+", " ")
                            .strip());
        }
        return meanings;
    }

    static String meaning(String code) {
        String meaning = MEANINGS.get(code);
        if (meaning == null) {
            throw new IllegalStateException("web/docs/errors.html does not explain " + code);
        }
        return meaning;
    }

    static ObjectNode example(int status, String code) {
        return Contract.JSON.valueToTree(Problem.of(status, code, meaning(code), List.of(), null));
    }
}
