#!/bin/bash
cat > values.yaml <<END
name: x
 END
