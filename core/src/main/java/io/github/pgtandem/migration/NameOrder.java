package io.github.pgtandem.migration;

import java.util.Comparator;

/** Orders names with numbers compared as numbers, so that 10 comes after 9; equal numbers fall back to the spelling. */
final class NameOrder implements Comparator<String> {

    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int order;
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfNumber(a, i);
                int endB = endOfNumber(b, j);
                order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
                i = endA;
                j = endB;
            } else {
                order = Character.compare(a.charAt(i++), b.charAt(j++));
            }
            if (order != 0) {
                return order;
            }
        }
        int rest = Integer.compare(a.length() - i, b.length() - j);
        return rest != 0 ? rest : a.compareTo(b);
    }

    /** Not parsed: a time stamp or a hash may have more digits than a long holds. */
    private static int compareNumbers(String a, String b) {
        String significantA = significant(a);
        String significantB = significant(b);
        int length = Integer.compare(significantA.length(), significantB.length());
        return length != 0 ? length : significantA.compareTo(significantB);
    }

    private static String significant(String number) {
        int zeros = 0;
        while (zeros < number.length() && number.charAt(zeros) == '0') {
            zeros++;
        }
        return number.substring(zeros);
    }

    private static int endOfNumber(String name, int from) {
        int end = from;
        while (end < name.length() && isDigit(name.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
