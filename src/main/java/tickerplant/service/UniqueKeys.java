package tickerplant.service;

import java.util.Properties;

/** The content of a properties file, in which a key that stands twice is a mistake and not a silent replacement. */
final class UniqueKeys extends Properties {
    private final String file;

    UniqueKeys(String file) {
        this.file = file;
    }

    @Override
    public synchronized Object put(Object key, Object value) {
        if (containsKey(key)) {
            throw SettingsException.refused(key.toString(), value.toString(), file, "the key once");
        }
        return super.put(key, value);
    }
}
