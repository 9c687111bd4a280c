package example.shop;

import java.io.File;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * An authority, and what it has issued to the shop and to a server on this machine. Made
 * anew in each run.
 */
final class Certificates {

	static final String PASSWORD = "changeit";

	private static final X509Bundle AUTHORITY = authority();

	private static final X509Bundle SERVER = issued("localhost");

	private static final X509Bundle SHOP = issued("shop");

	private Certificates() {
	}

	static File authorityCertificate() {
		return made(AUTHORITY::toTempRootCertPem);
	}

	static File shopCertificate() {
		return made(SHOP::toTempCertChainPem);
	}

	static File shopKey() {
		return made(SHOP::toTempPrivateKeyPem);
	}

	static File serverKeyStore() {
		return made(() -> SERVER.toTempKeyStoreFile(PASSWORD.toCharArray()));
	}

	static File authorityTrustStore() {
		return made(() -> AUTHORITY.toTempKeyStoreFile(PASSWORD.toCharArray()));
	}

	private static X509Bundle authority() {
		return made(() -> new CertificateBuilder().ecp256()
			.subject("CN=authority")
			.setIsCertificateAuthority(true)
			.buildSelfSigned());
	}

	private static X509Bundle issued(String name) {
		return made(() -> new CertificateBuilder().ecp256()
			.subject("CN=" + name)
			.addSanDnsName(name)
			.buildIssuedBy(AUTHORITY));
	}

	private static <T> T made(Made<T> made) {
		try {
			return made.get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private interface Made<T> {

		T get() throws Exception;

	}

}
