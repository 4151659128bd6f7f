"""Certificates that are made for tests."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


class Authority:
    """An authority of certificates, or a participant whose certificate is asked to be one."""

    def __init__(self, name, **dates):
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        self.certificate = self.issue(name, key=self.key, **dates)

    def issue(self, name=None, *, subject=None, start=-DAY, end=30 * DAY, key=None, owner=None):
        names = subject or [(NameOID.ORGANIZATION_NAME, "Bank"), (NameOID.COMMON_NAME, name)]
        owner = key or owner or ec.generate_private_key(ec.SECP256R1())
        builder = (
            x509.CertificateBuilder()
            .subject_name(self.name if key else x509.Name([x509.NameAttribute(kind, value) for kind, value in names]))
            .issuer_name(self.name)
            .public_key(owner.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW + start)
            .not_valid_after(NOW + end)
        )
        if key:
            # A server refuses to take a certificate for an authority that does not say that it is one.
            builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        return builder.sign(self.key, hashes.SHA256())

    def revoke(self, certificate):
        """A list with this certificate and no other."""
        revoked = x509.RevokedCertificateBuilder().serial_number(certificate.serial_number).revocation_date(NOW).build()
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.name).add_revoked_certificate(revoked)
        return builder.last_update(NOW - DAY).next_update(NOW + DAY).sign(self.key, hashes.SHA256())

    def issue_with_key(self, name=None, **more):
        """A certificate and the key of its owner."""
        key = ec.generate_private_key(ec.SECP256R1())
        return self.issue(name, owner=key, **more), key


def thumbprint(certificate):
    """As Azure shows it."""
    return certificate.fingerprint(hashes.SHA1()).hex().upper()
