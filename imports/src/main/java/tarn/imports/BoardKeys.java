package tarn.imports;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tarn.imports.ImportPlan.Severity;
import tarn.imports.PlanDraft.SourceLocation;

/// Collects the keys of a Trello board that no reader handles and reports them: Trello's technical
/// keys together, each other key on a line of its own.
final class BoardKeys {
    static final String BOARD = "board";
    static final String LIST = "list";
    static final String LABEL = "label";
    static final String CARD = "card";
    static final String COVER = "cover";
    static final String ATTACHMENT = "attachment";
    static final String FIELD = "custom field";
    static final String FIELD_OPTION = "option";
    static final String FIELD_VALUE = "custom value";
    static final String CHECKLIST = "checklist";
    static final String CHECK_ITEM = "check item";
    static final String MEMBER = "member";

    private static final int MAX_KEYS = 100;
    private static final int LINE_LENGTH = 440;

    /// Keys that Trello derives from others or uses internally.
    private static final Map<String, Set<String>> TECHNICAL = Map.ofEntries(
            owner(BOARD, """
                    id nodeId descData creationMethod creationMethodError creationMethodLoadingStartedAt dateClosed
                    idOrganization idEnterprise url shortLink shortUrl dateLastActivity dateLastView idTags
                    datePluginDisable ixUpdate enterpriseOwned idBoardSource premiumFeatures idMemberCreator type
                    limits prefs memberships structure"""),
            owner(LIST, "idBoard idOrganization nodeId type datasource creationMethod limits"),
            owner(LABEL, "idBoard idOrganization nodeId uses limits"),
            owner(CARD, """
                    nodeId agent checkItemStates creationMethod creationMethodError creationMethodLoadingStartedAt
                    dateClosed dateLastActivity dateViewedByCreator descData email faviconUrl idAttachmentCover idBoard
                    idChecklists idMemberCreator idOrganization idShort limits manualCoverAttachment
                    mirrorSourceNodeId originalNodeId shortLink shortUrl singleInstrumentationId staticMapUrl url"""),
            owner(COVER, "idUploadedBackground size brightness yPosition idPlugin edgeColor scaled"),
            owner(ATTACHMENT, """
                    id bytes date edgeColor idMember isMalicious isUpload mimeType pos previews sourceView"""),
            owner(FIELD, "idModel modelType fieldGroup pos display type isSuggestedField limits creationMethod"),
            owner(FIELD_OPTION, "idCustomField pos limits"),
            owner(FIELD_VALUE, "id idModel modelType"),
            owner(CHECKLIST, "idBoard creationMethod limits"),
            owner(CHECK_ITEM, "idChecklist nameData creationMethod idBoard idCard limits"),
            owner(MEMBER, """
                    aaId activityBlocked avatarHash avatarUrl avatarSource bio bioData confirmed email gravatarHash
                    idBoards idEnterprise idEnterprisesDeactivated idMemberReferrer idOrganizations idPremOrgsAdmin
                    initials memberType nonPublic nonPublicAvailable products status url dateLastImpression
                    limits"""));

    private static final class LeftOut {
        final String owner;
        final String key;
        final String path;
        final String first;
        int count;

        LeftOut(String owner, String key, String path, String first) {
            this.owner = owner;
            this.key = key;
            this.path = path;
            this.first = first;
        }
    }

    private final Map<String, Set<String>> technical = new LinkedHashMap<>();
    private final Map<String, LeftOut> leftOut = new LinkedHashMap<>();
    private int further;

    private static Map.Entry<String, Set<String>> owner(String owner, String keys) {
        return Map.entry(owner, Set.of(keys.strip().split("\\s+", -1)));
    }

    boolean isTechnical(String owner, String key) {
        return TECHNICAL.getOrDefault(owner, Set.of()).contains(key);
    }

    void technical(String owner, String key) {
        technical.computeIfAbsent(owner, any -> new LinkedHashSet<>()).add(key);
    }

    /// @param first the first value found under the key, in quotation marks
    void leftOut(String owner, String key, String path, String first) {
        String name = owner + " " + key;
        LeftOut known = leftOut.get(name);
        if (known == null && leftOut.size() < MAX_KEYS) {
            known = new LeftOut(owner, PlanDraft.cut(key, 60), path, first);
            leftOut.put(name, known);
        }
        if (known == null) {
            further++;
        } else {
            known.count++;
        }
    }

    void report(PlanDraft draft) {
        for (LeftOut key : leftOut.values()) {
            draft.leftOut(
                    SourceLocation.path(key.path),
                    "not-imported",
                    "“" + key.key + "” of " + article(key.owner) + key.owner + " was not imported"
                            + (key.count == 1 ? ": " : ", " + key.count + " times. The first: ") + key.first,
                    key.count);
        }
        if (further > 0) {
            draft.leftOut(
                    SourceLocation.FILE,
                    "not-imported",
                    further + " values of further keys were not imported.",
                    further);
        }
        StringBuilder line = new StringBuilder();
        for (Map.Entry<String, Set<String>> owner : technical.entrySet()) {
            String before = " " + owner.getKey() + ": ";
            for (String key : owner.getValue()) {
                if (line.length() + before.length() + key.length() > LINE_LENGTH) {
                    reportTechnical(draft, line.toString());
                    line.setLength(0);
                    before = " " + owner.getKey() + ": ";
                }
                line.append(before).append(key);
                before = ", ";
            }
            line.append(';');
        }
        if (!line.isEmpty()) {
            reportTechnical(draft, line.toString());
        }
    }

    private static String article(String noun) {
        return "aeiou".indexOf(noun.charAt(0)) >= 0 ? "an " : "a ";
    }

    private static void reportTechnical(PlanDraft draft, String keys) {
        String list = keys.endsWith(";") ? keys.substring(0, keys.length() - 1) : keys;
        draft.report(
                SourceLocation.FILE,
                Severity.INFO,
                "technical-keys",
                "What serves Trello itself was not imported." + list + ".");
    }
}
