package io.github.springxhr.webclient;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.springxhr.http.RequestBody;
import io.github.springxhr.http.RequestBody.FileRegion;
import io.netty.channel.DefaultFileRegion;
import io.netty.util.AbstractReferenceCounted;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * A file that the operating system copies to the socket by itself, slice by slice. The
 * next slice is written when the one before has left: a single one would keep the event
 * loop from its other connections for as long as the peer can keep up.
 * <p>
 * The file is closed when the last of those who use it is done: those are the flux and
 * the slices, which the socket may still be given when the flux has been cancelled.
 */
final class FileSlices {

	/** Few calls of the system, none of which takes long. */
	static final int SLICE = 4 * 1024 * 1024;

	/** What is not larger is written along with its neighbours. */
	private static final int MIN_LENGTH = RequestBodyInserter.SLICE;

	private final FileRegion region;

	private final FileChannel channel;

	private final AtomicInteger users = new AtomicInteger(1);

	private FileSlices(FileRegion region, FileChannel channel) {
		this.region = region;
		this.channel = channel;
	}

	/**
	 * Return whether a body has a file that is worth it, and a length: without one each
	 * slice would be a chunk.
	 */
	static boolean isIn(RequestBody body) {
		if (body instanceof RequestBody.Sequence sequence) {
			return sequence.length() != RequestBody.UNKNOWN_LENGTH
					&& sequence.parts().stream().anyMatch(FileSlices::isIn);
		}
		return body instanceof FileRegion region && region.length() > MIN_LENGTH
				&& region.path().getFileSystem() == FileSystems.getDefault();
	}

	/**
	 * Return the slices of a file, which is opened on a thread that may block.
	 */
	static Flux<Object> of(FileRegion region) {
		return Flux.using(() -> open(region), FileSlices::slices, FileSlices::release)
			.subscribeOn(Schedulers.boundedElastic(), false);
	}

	private static FileSlices open(FileRegion region) throws IOException {
		FileChannel channel = FileChannel.open(region.path(), StandardOpenOption.READ);
		FileSlices slices = new FileSlices(region, channel);
		try {
			if (slices.isCutShort()) {
				throw new EOFException("the file has become shorter");
			}
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
		return slices;
	}

	private boolean isCutShort() throws IOException {
		return this.channel.size() < this.region.position() + this.region.length();
	}

	private Flux<Object> slices() {
		int count = Math.toIntExact((this.region.length() - 1) / SLICE + 1);
		return Flux.range(0, count).concatMap((index) -> {
			Sinks.Empty<Object> gone = Sinks.empty();
			return Mono.<Object>fromSupplier(() -> part((long) index * SLICE, gone)).concatWith(gone.asMono());
		}, 0);
	}

	/** There is none if the flux has been cancelled at this moment. */
	private @Nullable Part part(long start, Sinks.Empty<Object> gone) {
		boolean open = this.users.updateAndGet((count) -> (count > 0) ? count + 1 : 0) > 0;
		long length = Math.min(SLICE, this.region.length() - start);
		return open ? new Part(new Slice(this, start, length, gone)) : null;
	}

	private void release() {
		if (this.users.decrementAndGet() == 0) {
			try {
				this.channel.close();
			}
			catch (IOException ex) {
				// what was read is right all the same
			}
		}
	}

	/**
	 * A slice on its way through the HTTP client, which drops Netty's own class as if it
	 * were empty.
	 */
	static final class Part extends AbstractReferenceCounted {

		private final Slice slice;

		private Part(Slice slice) {
			this.slice = slice;
		}

		/**
		 * Return the slice, which is to be released in the place of this.
		 */
		Slice slice() {
			return this.slice;
		}

		@Override
		public Part touch(Object hint) {
			return this;
		}

		@Override
		protected void deallocate() {
			this.slice.release();
		}

	}

	/**
	 * A slice, of the class that Netty's native transports ask for.
	 */
	static final class Slice extends DefaultFileRegion {

		private final FileSlices file;

		private final Sinks.Empty<Object> gone;

		private boolean cutShort;

		private Slice(FileSlices file, long start, long length, Sinks.Empty<Object> gone) {
			super(file.channel, file.region.position() + start, length);
			this.file = file;
			this.gone = gone;
		}

		/**
		 * Return whether the file did not have all bytes any more when the slice was let
		 * go before all of it was written.
		 */
		boolean isCutShort() {
			return this.cutShort;
		}

		@Override
		protected void deallocate() {
			try {
				this.cutShort = this.file.isCutShort();
			}
			catch (IOException ex) {
				this.cutShort = true;
			}
			this.file.release();
			this.gone.tryEmitEmpty();
		}

	}

}
