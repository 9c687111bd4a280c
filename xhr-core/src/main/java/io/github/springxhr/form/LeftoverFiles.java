package io.github.springxhr.form;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The temporary files that there are, so that they can be deleted when the JVM ends.
 * {@link java.io.File#deleteOnExit()} would keep the name of every file there has been.
 *
 * <h2>Concurrency</h2> All is guarded by {@code FILES}. There is a hook only while there
 * are files, so that nothing keeps the classes of a stopped application in memory.
 */
final class LeftoverFiles {

	private static final Set<Path> FILES = new HashSet<>();

	private static @Nullable Thread hook;

	private LeftoverFiles() {
	}

	static void add(Path path) {
		synchronized (FILES) {
			FILES.add(path);
			if (hook == null) {
				Thread added = new Thread(LeftoverFiles::deleteAll, "xhr-temporary-files");
				try {
					Runtime.getRuntime().addShutdownHook(added);
					hook = added;
				}
				catch (IllegalStateException ex) {
					// the JVM is ending already
				}
			}
		}
	}

	static void remove(Path path) {
		synchronized (FILES) {
			FILES.remove(path);
			if (FILES.isEmpty() && hook != null) {
				try {
					Runtime.getRuntime().removeShutdownHook(hook);
				}
				catch (IllegalStateException ex) {
					// the JVM is ending already
				}
				hook = null;
			}
		}
	}

	static int count() {
		synchronized (FILES) {
			return FILES.size();
		}
	}

	private static void deleteAll() {
		synchronized (FILES) {
			for (Path path : FILES) {
				try {
					Files.deleteIfExists(path);
				}
				catch (IOException ex) {
					// nothing more can be done
				}
			}
		}
	}

}
