from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with OWASP's parameters: Django's default takes 100 MiB a hash, this 19."""

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
