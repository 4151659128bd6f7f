"""Topics stand in one file; event hubs, brokers of services and the variables of the pods are made of it."""

import collections

import pytest

UPSTREAM = {
    "core": "transfer-prepare transfer-position transfer-position-batch transfer-fulfil transfer-get admin-transfer"
    " notification-event deferredsettlement-close",
    "quotes": "quotes-post quotes-put quotes-get bulkquotes-post bulkquotes-put bulkquotes-get"
    " fx-quotes-post fx-quotes-put fx-quotes-get",
    "bulk": "bulk-prepare bulk-fulfil bulk-processing bulk-get",
    "event": "event event-audit event-log event-trace",
}
TOPICS = {group: {f"topic-{name}" for name in names.split()} for group, names in UPSTREAM.items()}
HUBS_OF_A_STANDARD_NAMESPACE = 10
PARTITIONS_OF_A_PREMIUM_UNIT = 200


def layouts(package):
    return package.json("nested/messaging-eventhubs.json")["variables"]["layouts"]


def hubs(layout):
    found = collections.defaultdict(set)
    for hub in layout["hubs"]:
        found[hub["namespace"]].add(hub["topic"])
    return dict(found)


def test_that_standard_namespaces_hold_what_a_switch_needs(package):
    layout = layouts(package)["eventHubsStandard"]
    assert hubs(layout) == {"core": TOPICS["core"], "quotes": TOPICS["quotes"]}
    assert all(len(topics) <= HUBS_OF_A_STANDARD_NAMESPACE for topics in hubs(layout).values())


def test_that_the_premium_namespace_holds_every_topic(mojaloop):
    layout = layouts(mojaloop["standard"])["eventHubsPremium"]
    assert hubs(layout) == {"main": set().union(*TOPICS.values())}
    assert "eventHubsPremium" not in layouts(mojaloop["evaluation"])


def test_that_premium_units_hold_the_partitions_of_every_size(mojaloop):
    package = mojaloop["standard"]
    count = len(layouts(package)["eventHubsPremium"]["hubs"])
    for name, size in package.json("mainTemplate.json")["variables"]["sizes"].items():
        assert (
            count * size["eventHubs"]["partitions"] <= PARTITIONS_OF_A_PREMIUM_UNIT * size["eventHubs"]["premiumUnits"]
        ), name


@pytest.mark.parametrize("group", ["core", "quotes"])
def test_that_services_talk_to_the_namespace_that_has_their_topics(mojaloop, group):
    for layout in layouts(mojaloop["standard"]).values():
        assert hubs(layout)[layout[f"{group}Namespace"]] >= TOPICS[group]


def services(values, path=()):
    """Pairs of a service's path and its config."""
    if not isinstance(values, dict):
        return
    if isinstance(values.get("config"), dict):
        yield ".".join(path), values["config"]
    for key, below in values.items():
        yield from services(below, (*path, key))


def test_that_the_quoting_services_alone_use_the_namespace_of_quotes(package):
    hosts = collections.defaultdict(set)
    for path, config in services(package.yaml("helm/moja-values.yaml")):
        if "kafka_host" in config:
            hosts[config["kafka_host"]].add(path.partition(".")[0])
            assert config["kafka_port"] == 9093
    assert hosts["@kafkaHostQuotes@"] == {"quoting-service"}
    assert hosts["@kafkaHostCore@"] == {"centralledger", "centralsettlement", "ml-api-adapter", "mojaloop-bulk"}


def variables(package):
    rows = [line.split("\t") for line in package.text("helm/kafka-variables.tsv").splitlines()]
    assert all(len(row) == 4 for row in rows)
    return rows


def test_that_each_family_signs_in_at_its_own_namespace(package):
    families = {(secret, broker, name.partition("_KAFKA__")[0]) for secret, broker, name, _ in variables(package)}
    assert families == {
        ("mojaloop-kafka-central-ledger", "core", "CLEDG"),
        ("mojaloop-kafka-ml-api-adapter", "core", "MLAPI"),
        ("mojaloop-kafka-quoting-service", "quotes", "QUOTE"),
        ("mojaloop-kafka-central-settlement", "core", "CSET"),
        ("mojaloop-kafka-bulk-api-adapter", "core", "BKAPI"),
    }


def test_that_a_consumer_and_a_producer_get_what_event_hubs_asks_for(package):
    values = {name: value for _, _, name, value in variables(package)}
    consumer = "CLEDG_KAFKA__CONSUMER__TRANSFER__POSITION_BATCH__config__"
    assert {name.removeprefix(consumer): value for name, value in values.items() if name.startswith(consumer)} == {
        "rdkafkaConf__security.protocol": "SASL_SSL",
        "rdkafkaConf__sasl.mechanisms": "PLAIN",
        "rdkafkaConf__sasl.username": "$ConnectionString",
        "rdkafkaConf__sasl.password": "@kafkaConnection@",
        "rdkafkaConf__metadata.max.age.ms": "180000",
        "rdkafkaConf__session.timeout.ms": "30000",
    }
    producer = "MLAPI_KAFKA__PRODUCER__TRANSFER__GET__config__"
    assert {name.removeprefix(producer): value for name, value in values.items() if name.startswith(producer)} == {
        "rdkafkaConf__security.protocol": "SASL_SSL",
        "rdkafkaConf__sasl.mechanisms": "PLAIN",
        "rdkafkaConf__sasl.username": "$ConnectionString",
        "rdkafkaConf__sasl.password": "@kafkaConnection@",
        "rdkafkaConf__metadata.max.age.ms": "180000",
        "topicConf__request.timeout.ms": "60000",
    }


def test_that_names_are_legal_and_given_once(package):
    names = [name for _, _, name, _ in variables(package)]
    assert len(names) == len(set(names))
    # What Kubernetes takes for a key of a Secret and for the name of a variable alike.
    assert all(name.replace("_", "").replace(".", "").isalnum() for name in names)


def configured(package, prefix):
    """A service's configuration after the npm module `rc` has read the variables: `__` goes one level down."""
    tree = {}
    for _, _, name, value in variables(package):
        if name.startswith(f"{prefix}_"):
            *path, last = name.removeprefix(f"{prefix}_").split("__")
            place = tree
            for step in path:
                place = place.setdefault(step, {})
            place[last] = value
    return tree


# Consumers and producers of each family, as their default.json has them.
QUOTES = [f"{kind}.{verb}" for kind in ("QUOTE", "BULK_QUOTE", "FX_QUOTE") for verb in ("POST", "PUT", "GET")]
LEDGER = [
    *("TRANSFER.PREPARE", "TRANSFER.POSITION", "TRANSFER.POSITION_BATCH", "TRANSFER.FULFIL", "TRANSFER.GET"),
    *("ADMIN.TRANSFER", "BULK.PREPARE", "BULK.PROCESSING", "BULK.FULFIL", "BULK.GET"),
]
SETTLEMENT = ["DEFERREDSETTLEMENT.CLOSE", "NOTIFICATION.EVENT"]
CLIENTS = {
    "CLEDG": (
        LEDGER,
        [
            *("TRANSFER.PREPARE", "TRANSFER.FULFIL", "TRANSFER.POSITION"),
            *("NOTIFICATION.EVENT", "ADMIN.TRANSFER", "BULK.PROCESSING"),
        ],
    ),
    "MLAPI": (["NOTIFICATION.EVENT"], ["TRANSFER.PREPARE", "TRANSFER.FULFIL", "TRANSFER.GET"]),
    "QUOTE": (QUOTES, QUOTES),
    "CSET": (SETTLEMENT, SETTLEMENT),
    "BKAPI": (["NOTIFICATION.EVENT"], ["BULK.PREPARE", "BULK.FULFIL", "BULK.GET"]),
}


@pytest.mark.parametrize("prefix", CLIENTS)
def test_that_rc_puts_the_settings_where_the_services_look(package, prefix):
    kafka = configured(package, prefix)["KAFKA"]
    for role, paths in zip(("CONSUMER", "PRODUCER"), CLIENTS[prefix], strict=True):
        found = {f"{area}.{name}" for area, below in kafka[role].items() for name in below}
        assert found == set(paths)
        for path in paths:
            area, name = path.split(".")
            config = kafka[role][area][name]["config"]
            assert config["rdkafkaConf"]["security.protocol"] == "SASL_SSL"
            assert config["rdkafkaConf"]["sasl.password"] == "@kafkaConnection@"
            assert ("topicConf" in config) is (role == "PRODUCER")


def librdkafka(package, prefix, role, path):
    """The properties that one client hands to librdkafka."""
    config = configured(package, prefix)["KAFKA"][role]
    for step in path.split("."):
        config = config[step]
    return config["config"]["rdkafkaConf"] | config["config"].get("topicConf", {})


def test_that_librdkafka_takes_the_settings(package):
    kafka = pytest.importorskip("confluent_kafka", reason="librdkafka comes with confluent-kafka")
    producer = librdkafka(package, "MLAPI", "PRODUCER", "TRANSFER.PREPARE")
    consumer = librdkafka(package, "CLEDG", "CONSUMER", "TRANSFER.POSITION_BATCH")
    quiet = {"bootstrap.servers": "127.0.0.1:1", "log_level": 0, "socket.keepalive.enable": True}
    kafka.Producer(producer | quiet)
    kafka.Consumer(consumer | quiet | {"group.id": "cl-group-transfer-position-batch"}).close()
    with pytest.raises(kafka.KafkaException):
        kafka.Producer(producer | quiet | {"sasl.mechanism.of.nobody": "PLAIN"})


@pytest.mark.slow
def test_that_messages_pass_a_mock_cluster_with_the_same_settings(package):
    """All settings but those of signing in, for which the mock brokers of librdkafka have no ear."""
    kafka = pytest.importorskip("confluent_kafka", reason="librdkafka comes with confluent-kafka")
    signing_in = {"security.protocol", "sasl.mechanisms", "sasl.username", "sasl.password"}
    settings = librdkafka(package, "MLAPI", "PRODUCER", "TRANSFER.PREPARE").items()
    producer = kafka.Producer(
        {name: value for name, value in settings if name not in signing_in}
        | {"test.mock.num.brokers": 1, "log_level": 0}
    )
    delivered = []
    producer.produce(
        "topic-transfer-prepare", b"{}", on_delivery=lambda error, message: delivered.append((error, message.topic()))
    )
    producer.flush(30)
    assert delivered == [(None, "topic-transfer-prepare")]


def test_that_kafka_in_the_cluster_makes_every_topic(package):
    topics = package.yaml("helm/moja-backend-values.yaml")["kafka"]["provisioning"]["topics"]
    assert {topic["name"] for topic in topics} == set().union(*TOPICS.values())


def test_that_a_plain_broker_is_called_at_its_usual_port(package):
    """For the same services that are told a broker at all."""
    told = {path for path, config in services(package.yaml("helm/moja-values.yaml")) if "kafka_port" in config}
    plain = dict(services(package.yaml("helm/values-plaintext.yaml")))
    assert set(plain) == told
    assert all(config == {"kafka_port": 9092} for config in plain.values())
