package dev.socketlab.refusal;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;

/**
 * Why something is refused: the code of a text in messages*.properties, and what fills it in.
 *
 * @param arguments for the places of the text's {@link MessageFormat}, each as its own text has it;
 *     one that is a reason itself is said in the same language
 */
public record Reason(String code, List<Object> arguments) {
    private static final ResourceBundle.Control NO_SYSTEM_LANGUAGE =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    public static Reason of(String code, Object... arguments) {
        return new Reason(code, List.of(arguments));
    }

    /** The words in a language; in English where the texts are not in that language. */
    public String in(Locale language) {
        String text =
                ResourceBundle.getBundle("messages", language, NO_SYSTEM_LANGUAGE).getString(code);
        Object[] filled =
                arguments.stream()
                        .map(one -> one instanceof Reason reason ? reason.in(language) : one)
                        .map(String::valueOf)
                        .toArray();
        return new MessageFormat(text, language).format(filled);
    }

    /** The words in English. */
    @Override
    public String toString() {
        return in(Locale.ENGLISH);
    }
}
