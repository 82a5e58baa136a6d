package io.github.pgtandem.migration;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds what somebody probably meant, for "Did you mean". */
public final class Nearest {

    private Nearest() {}

    /** The known word nearest to the one written, or null where none is near enough to be worth a mention. */
    public static @Nullable String to(String written, Collection<String> known) {
        String word = written.toLowerCase(Locale.ROOT);
        String best = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : known) {
            String other = candidate.toLowerCase(Locale.ROOT);
            int distance = distance(word, other);
            if (distance < least && distance < other.length()) {
                least = distance;
                best = candidate;
            }
        }
        return best != null ? best : begunAlike(word, known);
    }

    private static @Nullable String begunAlike(String word, Collection<String> known) {
        for (String candidate : known) {
            String other = candidate.toLowerCase(Locale.ROOT);
            if (Math.min(word.length(), other.length()) >= 3 && (other.startsWith(word) || word.startsWith(other))) {
                return candidate;
            }
        }
        return null;
    }

    /** Optimal string alignment: an exchanged pair of letters, the commonest slip, counts as one. */
    private static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : step(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int step(int[][] cost, String a, String b, int i, int j) {
        int changed = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(changed, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean exchanged = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return exchanged ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
